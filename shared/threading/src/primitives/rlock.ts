import { load } from '../core/atomic.ts'
import { afterOperation, beforeOperation } from '../core/instrumentation.ts'
import {
  type HandleRef,
  registerKind,
  registerRecovery,
  registerRepair,
  registerSnapshot,
} from '../core/kind-registry.ts'
import { me, words } from '../core/memory.ts'
import type { NameOptions } from '../core/primitive.ts'
import { normalizeLockTimeout } from '../core/timeout.ts'
import { operationFailed } from '../core/vocabulary.ts'
import { depthField, OwnedLock } from './owned-lock.ts'

// Its words and states are those of every owned lock: see owned-lock.ts. `depth` counts the owner's acquisitions.

/**
 * A lock that its owner can acquire again. It is free after the same number of releases. The owner is a thread: all
 * asynchronous code of one thread is the same owner.
 */
export class RLock extends OwnedLock {
  static {
    registerRepair('RLock', (lock: RLock, dead, undelivered) => lock.repair(dead, undelivered))
    registerRecovery('RLock', (lock: RLock, dead) => lock.recover(dead))
  }

  constructor(options: NameOptions | HandleRef = {}) {
    super('RLock', options)
  }

  /** Like Lock's. A thread that holds the lock acquires it again at once. */
  acquire(blocking = true, timeout = -1): boolean {
    const limit = normalizeLockTimeout(blocking, timeout)
    beforeOperation(this.id, 'acquire')
    return this.#countAcquisition(load(this.word) === me || this.take(limit))
  }

  /** Like `acquire(true, timeout)`, for threads that must not block. */
  async acquireAsync(timeout = -1): Promise<boolean> {
    const limit = normalizeLockTimeout(true, timeout)
    return this.#countAcquisition(load(this.word) === me || (await this.takeAsync(limit)))
  }

  /** Undoes one `acquire`. Throws RuntimeError when this thread does not hold it. */
  release(): void {
    beforeOperation(this.id, 'release')
    this.checkOwner()
    const depth = words[this.field(depthField)]! - 1
    words[this.field(depthField)] = depth
    afterOperation(this.id, 'release', depth)
    if (depth === 0) this.unlock()
  }

  protected releaseSave(): number {
    beforeOperation(this.id, 'release')
    this.checkOwner()
    const depth = words[this.field(depthField)]!
    words[this.field(depthField)] = 0
    afterOperation(this.id, 'release', 0)
    this.unlock()
    return depth
  }

  protected acquireRestore(depth: number): void {
    beforeOperation(this.id, 'acquire')
    this.take(Infinity)
    this.#setDepth(depth)
  }

  protected async acquireRestoreAsync(depth: number, recordIndex: number): Promise<void> {
    await this.takeAsync(Infinity, recordIndex)
    this.#setDepth(depth)
  }

  protected override releaseForDeadOwner(): void {
    words[this.field(depthField)] = 0
    super.releaseForDeadOwner()
  }

  #countAcquisition(isTaken: boolean): boolean {
    if (isTaken) this.#setDepth(words[this.field(depthField)]! + 1)
    else afterOperation(this.id, 'acquire', operationFailed)
    return isTaken
  }

  #setDepth(depth: number): void {
    words[this.field(depthField)] = depth
    afterOperation(this.id, 'acquire', depth)
  }
}
registerKind('RLock', RLock)
registerSnapshot('RLock', (lock: RLock) => ({ holder: lock.owner || undefined }))

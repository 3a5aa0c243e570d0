import { load } from '../core/atomic.ts'
import { afterOperation, beforeOperation, isInstrumented } from '../core/instrumentation.ts'
import { me, words } from '../core/memory.ts'
import { type HandleRef, type NameOptions, registerKind } from '../core/primitive.ts'
import { operationFailed } from '../core/process-view.ts'
import { normalizeLockTimeout } from '../core/timeout.ts'
import { OwnedLock } from './lock.ts'

const depthField = 1

/**
 * A lock that its owner may acquire again; it is free after as many releases. Its owner is a thread: to it, all
 * asynchronous code of one thread is the same owner.
 */
export class RLock extends OwnedLock {
  constructor(options: NameOptions | HandleRef = {}) {
    super('RLock', options)
  }

  /** As Lock's; a thread that holds it already gets it at once. */
  acquire(blocking = true, timeout = -1): boolean {
    const patience = normalizeLockTimeout(blocking, timeout)
    if (isInstrumented()) beforeOperation(this.id, 'acquire')
    return this.countAcquisition(load(this.word) === me || this.take(patience))
  }

  /** As `acquire(true, timeout)`, for threads that must not block. */
  async acquireAsync(timeout = -1): Promise<boolean> {
    const patience = normalizeLockTimeout(true, timeout)
    return this.countAcquisition(load(this.word) === me || (await this.takeAsync(patience)))
  }

  /** Undoes one `acquire`. Throws RuntimeError when this thread does not hold it. */
  release(): void {
    if (isInstrumented()) beforeOperation(this.id, 'release')
    this.checkOwner()
    const depth = this.field(depthField)
    words[depth] = words[depth]! - 1
    if (isInstrumented()) afterOperation(this.id, 'release', words[depth])
    if (words[depth] === 0) this.unlock()
  }

  /** `using _ = lock.hold()`: acquires it, and releases it at the end of the block. */
  hold(): Disposable {
    this.acquire()
    return { [Symbol.dispose]: () => this.release() }
  }

  /** As `hold`, for threads that must not block: `using _ = await lock.holdAsync()`. */
  async holdAsync(): Promise<Disposable> {
    await this.acquireAsync()
    return { [Symbol.dispose]: () => this.release() }
  }

  /** For Condition: gives the lock up whatever its depth, which is returned. */
  releaseFully(): number {
    if (isInstrumented()) beforeOperation(this.id, 'release')
    this.checkOwner()
    const depth = words[this.field(depthField)]!
    words[this.field(depthField)] = 0
    if (isInstrumented()) afterOperation(this.id, 'release', 0)
    this.unlock()
    return depth
  }

  /** For Condition: takes it back at the depth that `releaseFully` returned. */
  reacquire(depth: number): void {
    if (isInstrumented()) beforeOperation(this.id, 'acquire')
    this.take(Infinity)
    this.setDepth(depth)
  }

  async reacquireAsync(depth: number): Promise<void> {
    await this.takeAsync(Infinity)
    this.setDepth(depth)
  }

  override releaseAfterOwnerDeath(): void {
    words[this.field(depthField)] = 0
    super.releaseAfterOwnerDeath()
  }

  private countAcquisition(taken: boolean): boolean {
    if (taken) this.setDepth(words[this.field(depthField)]! + 1)
    else if (isInstrumented()) afterOperation(this.id, 'acquire', operationFailed)
    return taken
  }

  private setDepth(depth: number): void {
    words[this.field(depthField)] = depth
    if (isInstrumented()) afterOperation(this.id, 'acquire', depth)
  }
}
registerKind('RLock', RLock)

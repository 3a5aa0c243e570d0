import { afterOperation, beforeOperation, isInstrumented } from '../core/instrumentation.ts'
import {
  type HandleRef,
  registerKind,
  registerRecovery,
  registerRepair,
  registerSnapshot,
} from '../core/kind-registry.ts'
import type { NameOptions } from '../core/primitive.ts'
import { normalizeLockTimeout } from '../core/timeout.ts'
import { operationFailed } from '../core/vocabulary.ts'
import { OwnedLock } from './owned-lock.ts'

// Its words and states are those of every owned lock: see owned-lock.ts.

/** A mutual exclusion lock. Unlike Python's, only the thread that acquired it may release it. */
export class Lock extends OwnedLock {
  static {
    registerRepair('Lock', (lock: Lock, dead, undelivered) => lock.repair(dead, undelivered))
    registerRecovery('Lock', (lock: Lock, dead) => lock.recover(dead))
  }

  constructor(options: NameOptions | HandleRef = {}) {
    super('Lock', options)
  }

  /**
   * Acquires the lock, waiting at most `timeout` milliseconds (−1: without limit). Returns whether it did.
   * Throws ValueError for a timeout without blocking or below −1, TypeError for one that is no number.
   */
  acquire(blocking = true, timeout = -1): boolean {
    // The common call takes a free lock in one step.
    if (blocking && timeout === -1 && !isInstrumented() && this.takeFree()) return true
    const limit = normalizeLockTimeout(blocking, timeout)
    beforeOperation(this.id, 'acquire')
    const isTaken = this.take(limit)
    afterOperation(this.id, 'acquire', isTaken ? 1 : operationFailed)
    return isTaken
  }

  /** Like `acquire(true, timeout)`, for threads that must not block. */
  async acquireAsync(timeout = -1): Promise<boolean> {
    const isTaken = await this.takeAsync(normalizeLockTimeout(true, timeout))
    afterOperation(this.id, 'acquire', isTaken ? 1 : operationFailed)
    return isTaken
  }

  /** Throws RuntimeError when this thread does not hold it. */
  release(): void {
    beforeOperation(this.id, 'release')
    this.checkOwner()
    // Recorded while the lock is held: the next acquisition comes later.
    afterOperation(this.id, 'release', 0)
    this.unlock()
  }

  protected releaseSave(): number {
    this.release()
    return 1
  }

  protected acquireRestore(_depth: number): void {
    this.acquire()
  }

  protected async acquireRestoreAsync(_depth: number, recordIndex: number): Promise<void> {
    await this.takeAsync(Infinity, recordIndex)
    afterOperation(this.id, 'acquire', 1)
  }
}
registerKind('Lock', Lock)
registerSnapshot('Lock', (lock: Lock) => ({ holder: lock.owner || undefined }))

import { load } from './atomic.ts'
import { OwnedLock } from './lock.ts'
import { me, words } from './memory.ts'
import { type Existing, type NameOptions, receivable } from './primitive.ts'
import { lockPatience } from './timeout.ts'

const depthField = 1

/**
 * A lock that its owner may acquire again; it is free after as many releases. Its owner is a thread: to it, all
 * asynchronous code of one thread is the same owner.
 */
export class RLock extends OwnedLock {
  constructor(options: NameOptions | Existing = {}) {
    super('RLock', options)
  }

  /** As Lock's; a thread that holds it already gets it at once. */
  acquire(blocking = true, timeout = -1): boolean {
    const patience = lockPatience(blocking, timeout)
    return this.count(load(this.word) === me || this.take(patience))
  }

  /** As `acquire(true, timeout)`, for threads that must not block. */
  async acquireAsync(timeout = -1): Promise<boolean> {
    const patience = lockPatience(true, timeout)
    return this.count(load(this.word) === me || (await this.takeAsync(patience)))
  }

  /** Undoes one `acquire`. Throws RuntimeError when this thread does not hold it. */
  release(): void {
    this.checkOwner()
    const depth = this.field(depthField)
    words[depth] = words[depth]! - 1
    if (words[depth] === 0) this.free()
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
    this.checkOwner()
    const depth = words[this.field(depthField)]!
    words[this.field(depthField)] = 0
    this.free()
    return depth
  }

  /** For Condition: takes it back at the depth that `releaseFully` returned. */
  acquireAgain(depth: number): void {
    this.take(Infinity)
    words[this.field(depthField)] = depth
  }

  async acquireAgainAsync(depth: number): Promise<void> {
    await this.takeAsync(Infinity)
    words[this.field(depthField)] = depth
  }

  override abandon(): void {
    words[this.field(depthField)] = 0
    super.abandon()
  }

  private count(taken: boolean): boolean {
    if (taken) words[this.field(depthField)] = words[this.field(depthField)]! + 1
    return taken
  }
}
receivable('RLock', RLock)

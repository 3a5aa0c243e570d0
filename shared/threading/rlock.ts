import { load } from './atomic.ts'
import { OwnedLock } from './lock.ts'
import { me, words } from './memory.ts'
import { type Existing, type NameOptions, receivable } from './primitive.ts'
import { lockPatience } from './timeout.ts'
import { noSuccess } from './view.ts'
import { afterAct, beforeAct, isWatched } from './watch.ts'

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
    if (isWatched()) beforeAct(this.id, 'acquire')
    return this.count(load(this.word) === me || this.take(patience))
  }

  /** As `acquire(true, timeout)`, for threads that must not block. */
  async acquireAsync(timeout = -1): Promise<boolean> {
    const patience = lockPatience(true, timeout)
    return this.count(load(this.word) === me || (await this.takeAsync(patience)))
  }

  /** Undoes one `acquire`. Throws RuntimeError when this thread does not hold it. */
  release(): void {
    if (isWatched()) beforeAct(this.id, 'release')
    this.checkOwner()
    const depth = this.field(depthField)
    words[depth] = words[depth]! - 1
    if (isWatched()) afterAct(this.id, 'release', words[depth])
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
    if (isWatched()) beforeAct(this.id, 'release')
    this.checkOwner()
    const depth = words[this.field(depthField)]!
    words[this.field(depthField)] = 0
    if (isWatched()) afterAct(this.id, 'release', 0)
    this.free()
    return depth
  }

  /** For Condition: takes it back at the depth that `releaseFully` returned. */
  acquireAgain(depth: number): void {
    if (isWatched()) beforeAct(this.id, 'acquire')
    this.take(Infinity)
    this.setDepth(depth)
  }

  async acquireAgainAsync(depth: number): Promise<void> {
    await this.takeAsync(Infinity)
    this.setDepth(depth)
  }

  override abandon(): void {
    words[this.field(depthField)] = 0
    super.abandon()
  }

  private count(taken: boolean): boolean {
    if (taken) this.setDepth(words[this.field(depthField)]! + 1)
    else if (isWatched()) afterAct(this.id, 'acquire', noSuccess)
    return taken
  }

  private setDepth(depth: number): void {
    words[this.field(depthField)] = depth
    if (isWatched()) afterAct(this.id, 'acquire', depth)
  }
}
receivable('RLock', RLock)

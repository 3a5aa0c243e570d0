import { Primitive } from '../core/primitive.ts'

/** A primitive that is acquired and released, and so can be held by a block. It has no words of its own. */
export abstract class Holdable extends Primitive {
  abstract acquire(blocking?: boolean, timeout?: number): boolean
  abstract acquireAsync(timeout?: number): Promise<boolean>
  abstract release(): void

  /** `using _ = lock.hold()`: acquires it, and releases it at the end of the block. */
  hold(): Disposable {
    this.acquire()
    return { [Symbol.dispose]: () => this.release() }
  }

  /** Like `hold`, for threads that must not block: `using _ = await lock.holdAsync()`. */
  async holdAsync(): Promise<Disposable> {
    await this.acquireAsync()
    return { [Symbol.dispose]: () => this.release() }
  }
}

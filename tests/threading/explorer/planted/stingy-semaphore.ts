import { add, compareAndSet, load } from '../../../../shared/threading/src/core/atomic.ts'
import { Primitive } from '../../../../shared/threading/src/core/primitive.ts'
import { firstWaiter, grantFirst, wakeGranted } from '../../../../shared/threading/src/core/wait-list.ts'
import { attemptOrWait, type WaitStep } from '../../../../shared/threading/src/core/waits/waiting.ts'

/** PLANTED BUG: a release of several wakes one waiter. */
export class StingySemaphore extends Primitive {
  constructor() {
    super('Semaphore', {})
  }

  get value(): number {
    return load(this.word)
  }

  acquire(): boolean {
    return attemptOrWait(this.id, this.#acquisition, Infinity)
  }

  release(count = 1): void {
    this.enter()
    add(this.word, count)
    const isForWaiter = firstWaiter(this.id, 0) !== 0 && this.#tryTake()
    const record = isForWaiter ? grantFirst(this.id, 0) : 0
    this.leave()
    wakeGranted(record)
  }

  readonly #tryTake = (): boolean => {
    const left = load(this.word)
    return left > 0 && compareAndSet(this.word, left, left - 1)
  }

  readonly #acquisition: WaitStep = {
    list: 0,
    operation: 'acquire',
    attempt: this.#tryTake,
    retriesOnHint: true,
  }
}

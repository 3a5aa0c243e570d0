import { sleep, wake } from '../../../../shared/threading/src/core/atomic.ts'
import { Primitive } from '../../../../shared/threading/src/core/primitive.ts'
import { Lock } from '../../../../shared/threading/src/primitives/lock.ts'

/** PLANTED BUG: waiters sleep on a word that nobody changes, so a signal between unlock and sleep is lost. */
export class ForgetfulCondition extends Primitive {
  readonly #lock = new Lock()

  constructor() {
    super('Condition', {})
  }

  acquire(): boolean {
    return this.#lock.acquire()
  }

  release(): void {
    this.#lock.release()
  }

  wait(): boolean {
    this.#lock.release()
    sleep(this.word, 0, Infinity)
    return this.#lock.acquire()
  }

  notify(): void {
    wake(this.word)
  }
}

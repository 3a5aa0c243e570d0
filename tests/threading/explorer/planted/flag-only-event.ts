import { load, sleep, store, wake } from '../../../../shared/threading/src/core/atomic.ts'
import { Primitive } from '../../../../shared/threading/src/core/primitive.ts'

/** PLANTED BUG: waiters sleep on the flag itself, and who wakes after `clear` sleeps on. */
export class FlagOnlyEvent extends Primitive {
  constructor() {
    super('Event', {})
  }

  isSet(): boolean {
    return load(this.word) === 1
  }

  set(): void {
    store(this.word, 1)
    wake(this.word)
  }

  clear(): void {
    store(this.word, 0)
  }

  wait(): boolean {
    while (load(this.word) === 0) sleep(this.word, 0, Infinity)
    return true
  }
}

import { type HandleRef, registerKind } from '../core/kind-registry.ts'
import { Queue } from './queue.ts'
import type { QueueOptions } from './queue-fields.ts'
import type { ItemLayout } from './queue-storage.ts'
import { encodedWords } from './slot-ring.ts'

// The items are a stack in the first slots of the ring. There are no words but those of the storage: see queue-storage.ts.

/** A queue that gives the newest item first. */
export class LifoQueue<Item = unknown> extends Queue<Item> {
  constructor(options: QueueOptions | HandleRef = {}) {
    super(options, 'LifoQueue')
  }

  protected override initItems(): ItemLayout {
    return { slotWords: encodedWords, sharesGuard: true }
  }

  protected override newSlot(): number {
    return this.ring.slotAt(this.counters.guardedSize)
  }

  protected override nextCounter(): number {
    return this.counters.guardedSize - 1
  }

  protected override firstCounter(): number {
    return 0
  }
}
registerKind('LifoQueue', LifoQueue)

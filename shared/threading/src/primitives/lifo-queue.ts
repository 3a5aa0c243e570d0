import { type HandleRef, registerKind } from '../core/kind-registry.ts'
import type { Encoded } from '../heap/codec.ts'
import { Queue } from './queue.ts'
import type { ItemLayout, NewItem, QueueOptions } from './queue-storage.ts'
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

  protected override putItem({ encoded }: NewItem): void {
    this.ring.writeItem(this.countItems(), encoded)
    this.counters.countPut()
  }

  protected override getItem(): Encoded {
    const encoded = this.ring.readItem(this.countItems() - 1)
    this.counters.countGet()
    return encoded
  }
}
registerKind('LifoQueue', LifoQueue)

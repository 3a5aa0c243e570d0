import { type HandleRef, registerKind } from '../core/kind-registry.ts'
import type { Encoded } from '../heap/codec.ts'
import { Queue, type QueueOptions } from './queue.ts'

/** A queue that gives the newest item first. */
export class LifoQueue<Item = unknown> extends Queue<Item> {
  constructor(options: QueueOptions | HandleRef = {}) {
    super(options, 'LifoQueue')
  }

  protected override get getGuard(): number {
    return this.putGuard
  }

  protected override get puts(): number {
    return this.putCount
  }

  protected override insert(encoded: Encoded, item: Item): void {
    this.countPut()
    super.insert(encoded, item)
  }

  protected override hasItem(): boolean {
    return !this.empty()
  }

  protected override remove(): Encoded {
    const newest = (this.added - 1) | 0
    const encoded = this.ring.readItem(newest)
    this.added = newest
    return encoded
  }
}
registerKind('LifoQueue', LifoQueue)

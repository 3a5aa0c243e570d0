import { Empty, type Queue } from '@skein/threading'

/** Takes and returns all items that are in the queue now. */
export function drainQueue<Item>(queue: Queue<Item>): Item[] {
  const items: Item[] = []
  for (;;) {
    try {
      items.push(queue.getNowait())
    } catch (error) {
      if (error instanceof Empty) return items
      throw error
    }
  }
}

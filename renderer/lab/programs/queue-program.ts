import { defineTargets, type Queue, Thread } from '@skein/threading'
import { at } from './support/line-marker.ts'
import { sleep } from './support/sleep.ts'

/** A consumer took an item. */
export interface TakenItem {
  readonly by: string
  readonly item: number
}

export interface Work {
  readonly pause: number
  readonly marksDone: boolean
}

// --- shown
export function putItems(queue: Queue<number>, items: readonly number[]): void {
  for (const item of items) {
    at('put')
    queue.put(item)
  }
}

export const stopItem = -1

export function takeItems(queue: Queue<number>, taken: Queue<TakenItem>, by: string, work: Work): void {
  for (;;) {
    at('get')
    const item = queue.get()
    at('stop')
    if (item === stopItem) return
    taken.put({ by, item })
    at('work')
    sleep(work.pause)
    at('done')
    if (work.marksDone) queue.taskDone()
  }
}
defineTargets({ putItems, takeItems })

export async function endConsumers(queue: Queue<number>, consumers: readonly Thread[]): Promise<void> {
  at('join')
  await queue.joinAsync()
  for (const _ of consumers) {
    at('putStop')
    await queue.putAsync(stopItem)
  }
}
// --- end

export const makeProducer = (queue: Queue<number>, items: readonly number[], number: number): Thread =>
  new Thread({ target: putItems, args: [queue, items], name: `producer-${number}` })

export function makeConsumer(
  queue: Queue<number>,
  taken: Queue<TakenItem>,
  work: Work,
  number: number,
): Thread {
  const name = `consumer-${number}`
  return new Thread({ target: takeItems, args: [queue, taken, name, work], name })
}

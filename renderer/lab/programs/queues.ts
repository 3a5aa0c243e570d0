import { defineTargets, type Queue, Thread } from '../../../shared/threading/index.ts'
import { at } from '../at.ts'
import { sleep } from './sleep.ts'

/** That a consumer took an item. */
export interface Taking {
  readonly by: string
  readonly item: number
}

export interface Work {
  readonly pause: number
  readonly isMarked: boolean
}

// --- shown
export function putItems(queue: Queue<number>, items: readonly number[]): void {
  for (const item of items) {
    at('put')
    queue.put(item)
  }
}

export const stop = -1

export function takeItems(queue: Queue<number>, taken: Queue<Taking>, by: string, work: Work): void {
  for (;;) {
    at('get')
    const item = queue.get()
    at('stop')
    if (item === stop) return
    taken.put({ by, item })
    at('work')
    sleep(work.pause)
    at('done')
    if (work.isMarked) queue.taskDone()
  }
}
defineTargets({ putItems, takeItems })

export async function endConsumers(queue: Queue<number>, consumers: readonly Thread[]): Promise<void> {
  at('join')
  await queue.joinAsync()
  for (const _ of consumers) {
    at('putStop')
    await queue.putAsync(stop)
  }
}
// --- end

export const makeProducer = (queue: Queue<number>, items: readonly number[], place: number): Thread =>
  new Thread({ target: putItems, args: [queue, items], name: `producer-${place}` })

export function makeConsumer(queue: Queue<number>, taken: Queue<Taking>, work: Work, place: number): Thread {
  const name = `consumer-${place}`
  return new Thread({ target: takeItems, args: [queue, taken, name, work], name })
}

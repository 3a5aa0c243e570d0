import { defineTargets, LifoQueue, PriorityQueue, Queue, ShutDown } from '@skein/threading'
import type { QueueOptions } from '../../../../shared/threading/src/primitives/queue.ts'

export type MakeQueue = (options?: QueueOptions) => Queue<number>

/** The types of queue, which have all but the order in common. */
export const kinds: readonly (readonly [string, MakeQueue])[] = [
  ['Queue', (options) => new Queue(options)],
  ['LifoQueue', (options) => new LifoQueue(options)],
  ['PriorityQueue', (options) => new PriorityQueue<number>(options)],
]

export function produce(queue: Queue<number>, first: number, count: number): void {
  for (let item = first; item < first + count; item++) queue.put(item)
}

/** Tells how many items it got and their sum, when the queue is shut down. */
export function consume(queue: Queue<number>, sums: Queue<[number, number]>): void {
  let [count, sum] = [0, 0]
  try {
    for (;;) {
      sum += queue.get()
      count++
      queue.taskDone()
    }
  } catch (error) {
    if (!(error instanceof ShutDown)) throw error
    sums.put([count, sum])
  }
}

export function echo(there: Queue<number>, back: Queue<number>): void {
  try {
    for (;;) back.put(there.get())
  } catch (error) {
    if (!(error instanceof ShutDown)) throw error
  }
}

defineTargets({ produce, consume, echo })

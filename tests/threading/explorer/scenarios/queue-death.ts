import { ShutDown } from '../../../../shared/threading/src/core/errors.ts'
import { LifoQueue } from '../../../../shared/threading/src/primitives/lifo-queue.ts'
import { PriorityQueue } from '../../../../shared/threading/src/primitives/priority-queue.ts'
import { Queue } from '../../../../shared/threading/src/primitives/queue.ts'
import { recoverFromThreadDeath } from '../../../../shared/threading/src/recovery/thread-death-recovery.ts'
import { blocksInUse } from '../engine/memory-probe.ts'
import { expect, identOf, type Run, type Scenario } from '../engine/scenario.ts'
import { terminate } from '../engine/steps.ts'

/**
 * The scenario's first thread dies at any step, and its recovery runs at any later moment. Items have a block of memory
 * each: at the end, when the queue is drained, only the ring is in use.
 */

type Item = [number, string]
type ItemQueue = Queue<Item>

const doomed = identOf(0)

function undertake(): void {
  terminate(doomed)
  recoverFromThreadDeath(doomed - 1)
}

const itemOf = (priority: number): Item => [priority, `item ${priority}`]

/** The priorities of the items that are left. */
function drain(queue: ItemQueue): number[] {
  const found: number[] = []
  while (queue.qsize() > 0) found.push(priorityOf(queue.get()))
  return found
}

function priorityOf([priority, text]: Item): number {
  expect(text === `item ${priority}`, `item ${priority} arrived as ${text}`)
  return priority
}

function checkMemory(): void {
  expect(blocksInUse() === 1, `${blocksInUse()} blocks of memory are in use, and not the ring alone`)
}

/** The dead thread may take one item with it. */
function amongOthers(queue: ItemQueue): Run {
  const before = [30, 10, 20]
  const later = [40, 25]
  for (const item of before) queue.put(itemOf(item))
  return {
    threads: {
      doomed: () => {
        queue.get()
        queue.put(itemOf(5))
      },
      producer: () => {
        for (const item of later) queue.put(itemOf(item))
      },
      undertake,
    },
    check: () => {
      const got = drain(queue)
      expect(new Set(got).size === got.length, `an item came out twice: ${got}`)
      const lost = [...before, ...later].filter((item) => !got.includes(item))
      expect(lost.length <= 1, `${lost} did not come out`)
      const isPut = got.includes(5) ? 1 : 0
      expect(queue.unfinished === 5 + isPut, `${queue.unfinished} items are unfinished of ${5 + isPut}`)
      checkMemory()
    },
  }
}

/** The ring becomes narrower when the last item is taken, and wider again. */
function narrowing(queue: ItemQueue): Run {
  for (const item of [30, 10, 20]) queue.put(itemOf(item))
  return {
    threads: {
      doomed: () => {
        for (let taken = 0; taken < 3; taken++) queue.get()
      },
      producer: () => queue.put(itemOf(40)),
      undertake,
    },
    check: () => {
      const got = drain(queue)
      expect(new Set(got).size === got.length, `an item came out twice: ${got}`)
      checkMemory()
    },
  }
}

/** A bounded queue of one item: nobody sleeps beside the item or the room that the dead thread left. */
function handingOver(queue: ItemQueue): Run {
  const got: number[] = []
  let put = 0
  return {
    threads: {
      doomed: () => {
        queue.put(itemOf(1))
        queue.get()
        queue.put(itemOf(2))
      },
      consumer: () => got.push(priorityOf(queue.get())),
      producer: () => {
        for (const item of [3, 4]) {
          queue.put(itemOf(item))
          put++
        }
      },
      undertake,
    },
    servants: ['consumer', 'producer'],
    leavesNothing: false,
    check: () => {
      expect(got.length === 1 || queue.qsize() === 0, 'the consumer sleeps beside an item')
      expect(put === 2 || queue.qsize() > 0, 'the producer sleeps beside room')
    },
  }
}

/** A shutdown that drops the items wakes the thread that waits until they are done. */
function shuttingDown(queue: ItemQueue): Run {
  for (const item of [30, 10, 20]) queue.put(itemOf(item))
  return {
    threads: {
      doomed: () => queue.shutdown(true),
      joiner: () => queue.join(),
      undertake: () => {
        undertake()
        queue.shutdown(true)
      },
      consumer: () => {
        try {
          queue.get()
          queue.taskDone()
        } catch (error) {
          if (!(error instanceof ShutDown) && !(error instanceof Error && error.name === 'ValueError'))
            throw error
        }
      },
    },
    check: () => {
      expect(queue.unfinished === 0 && queue.qsize() === 0, 'items are left')
      checkMemory()
    },
  }
}

function markingDone(queue: ItemQueue): Run {
  queue.put(itemOf(1))
  queue.get()
  let isJoined = false
  return {
    threads: {
      doomed: () => queue.taskDone(),
      joiner: () => {
        queue.join()
        isJoined = true
      },
      undertake,
    },
    servants: ['joiner'],
    leavesNothing: false,
    check: () =>
      expect(isJoined === (queue.unfinished === 0), `${queue.unfinished} unfinished, joined: ${isJoined}`),
  }
}

const kinds: readonly (readonly [string, (maxSize: number) => ItemQueue])[] = [
  ['Queue', (maxSize) => new Queue<Item>({ maxSize })],
  ['LifoQueue', (maxSize) => new LifoQueue<Item>({ maxSize })],
  ['PriorityQueue', (maxSize) => new PriorityQueue<Item>({ maxSize })],
]

const ofEveryKind = (name: string, maxSize: number, setUp: (queue: ItemQueue) => Run): Scenario[] =>
  kinds.map(([kind, make]) => ({
    name: `${kind}: a thread dies ${name}`,
    setUp: () => setUp(make(maxSize)),
    plain: 'always',
  }))

export const queueDeathScenarios: Scenario[] = [
  ...ofEveryKind('among other items', 0, amongOthers),
  ...ofEveryKind('where the ring becomes narrower', 0, narrowing),
  ...ofEveryKind('beside sleepers', 1, handingOver),
  ...ofEveryKind('in a shutdown', 0, shuttingDown),
  ...ofEveryKind('in taskDone', 0, markingDone),
]

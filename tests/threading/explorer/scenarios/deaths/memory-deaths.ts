import { Empty, Full, MemoryError } from '../../../../../shared/threading/src/core/errors.ts'
import { heapStart } from '../../../../../shared/threading/src/core/layout.ts'
import { words } from '../../../../../shared/threading/src/core/memory.ts'
import { objectIds } from '../../../../../shared/threading/src/core/object-table.ts'
import { Barrier } from '../../../../../shared/threading/src/primitives/barrier.ts'
import { Condition } from '../../../../../shared/threading/src/primitives/condition.ts'
import { Event } from '../../../../../shared/threading/src/primitives/event.ts'
import { PriorityQueue } from '../../../../../shared/threading/src/primitives/priority-queue.ts'
import { Queue } from '../../../../../shared/threading/src/primitives/queue.ts'
import { SharedMemory } from '../../../../../shared/threading/src/primitives/shared-memory.ts'
import { expect, type Scenario } from '../../engine/scenario.ts'
import { type DeathRun, deathsIn, ownHandle } from './death.ts'

/** Something with memory of its own, made and disposed of. */
type Use = () => void

const useQueue: Use = () => {
  const queue = new Queue<string>()
  queue.put('an item that is disposed of with its queue')
  queue.dispose()
}

const usePriorityQueue: Use = () => new PriorityQueue().dispose()
const useSharedMemory: Use = () => new SharedMemory({ bytes: 100 }).dispose()
const useCondition: Use = () => new Condition().dispose()
const useEvent: Use = () => new Event().dispose()
const useBarrier: Use = () => new Barrier({ parties: 2 }).dispose()

/** Two threads make objects and dispose of them. Which of them exist at the end depends on the death; no memory is lost. */
function makingObjects(use: Use): DeathRun {
  return {
    threads: {
      doomed: () => {
        use()
        use()
      },
      other: () => {
        use()
        useEvent()
      },
    },
    check: () => expect(objectIds().length <= 2, `${objectIds().length} objects are left over`),
  }
}

/** Fills the heap so that it has room for a few small blocks, which are not neighbours that fit together at once. */
function fillHeap(): SharedMemory[] {
  const units = words.length / 4 - heapStart / 4
  const small = Array.from({ length: 8 }, () => new SharedMemory({ bytes: 16 }))
  for (let left = units - 16; left > 4; ) {
    const size = 2 ** Math.floor(Math.log2(left))
    small.push(new SharedMemory({ bytes: (size - 1) * 16 }))
    left -= size
  }
  return small
}

/** A dead thread's blocks are not free before its recovery, and it may have taken the item or left one. */
function unlessMemoryIsFull(use: () => void): void {
  try {
    use()
  } catch (error) {
    if (!(error instanceof MemoryError || error instanceof Empty || error instanceof Full)) throw error
  }
}

/** A block that only fits when free neighbours are merged, or a larger block is split. */
function nearlyFull(): DeathRun {
  for (const block of fillHeap().slice(0, 6)) block.dispose()
  const queue = new Queue<string>({ maxSize: 1 })
  return {
    threads: {
      doomed: () => {
        const own = ownHandle(queue)
        unlessMemoryIsFull(() => {
          own.put('more than a small block holds')
          own.get()
        })
      },
      other: () => {
        const own = ownHandle(queue)
        unlessMemoryIsFull(() => {
          own.put('small', true, 5)
          own.get(true, 5)
        })
      },
    },
  }
}

export const memoryDeaths: Scenario[] = [
  ...deathsIn('a Queue that is made and disposed of', () => makingObjects(useQueue)),
  ...deathsIn('a PriorityQueue that is made and disposed of', () => makingObjects(usePriorityQueue)),
  ...deathsIn('a SharedMemory that is made and disposed of', () => makingObjects(useSharedMemory)),
  ...deathsIn('a Condition that is made and disposed of', () => makingObjects(useCondition)),
  ...deathsIn('an Event that is made and disposed of', () => makingObjects(useEvent)),
  ...deathsIn('a Barrier that is made and disposed of', () => makingObjects(useBarrier)),
  ...deathsIn('a heap that is nearly full', nearlyFull),
]

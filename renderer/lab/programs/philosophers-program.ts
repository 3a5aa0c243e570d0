import {
  type Barrier,
  currentThread,
  defineTargets,
  Lock,
  now,
  type Queue,
  type Semaphore,
  Thread,
} from '@skein/threading'
import { at } from './support/line-marker.ts'
import { sleep } from './support/sleep.ts'

/** A meal, and how long its eater had been hungry in milliseconds. */
export interface Meal {
  readonly name: string
  readonly hunger: number
}

/** `waiter` limits how many are at the table. Times are milliseconds. */
export interface Table {
  readonly start: Barrier
  readonly waiter: Semaphore
  readonly eaten: Queue<Meal>
  readonly meals: number
  readonly think: number
  readonly reach: number
  readonly eat: number
}

// --- shown
export function dine(first: Lock, second: Lock, table: Table): void {
  table.start.wait()
  for (let meal = 0; meal < table.meals; meal++) {
    at('think')
    sleep(table.think)
    const hungrySince = now()
    at('waiter')
    table.waiter.acquire()
    at('first')
    first.acquire()
    at('reach')
    sleep(table.reach)
    at('second')
    second.acquire()
    at('tell')
    table.eaten.put({ name: currentThread().name, hunger: now() - hungrySince })
    at('eat')
    sleep(table.eat)
    at('release')
    for (const held of [second, first, table.waiter]) held.release()
  }
}
defineTargets({ dine })

export function startPhilosophers(count: number, hasRightHander: boolean, table: Table): Thread[] {
  const forks = Array.from({ length: count }, (_, index) => new Lock({ name: `fork-${index + 1}` }))
  const threads = forks.map((left, index) => {
    const right = forks[(index + 1) % count] ?? left
    const isRightHanded = hasRightHander && index === count - 1
    const hands: [Lock, Lock] = isRightHanded ? [right, left] : [left, right]
    return new Thread({ target: dine, args: [...hands, table], name: `philosopher-${index + 1}` })
  })
  for (const thread of threads) thread.start()
  return threads
}
// --- end

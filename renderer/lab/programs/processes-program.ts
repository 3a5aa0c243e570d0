import { type Cell, currentThread, defineTargets, type Lock, type Queue, Thread } from '@skein/threading'
import { at } from './support/line-marker.ts'

export interface ThreadReport {
  readonly name: string
  readonly ident: number
  readonly nativeId: number
  readonly own: number
}

// --- shown
let own = 0

export function addToBoth(counter: Cell, lock: Lock, times: number, reports: Queue<ThreadReport>): void {
  own = 0
  for (let time = 0; time < times; time++) {
    at('lock')
    using _ = lock.hold()
    at('shared')
    counter.value += 1
    at('own')
    own += 1
  }
  at('tell')
  const { name, ident = 0, nativeId = 0 } = currentThread()
  reports.put({ name, ident, nativeId, own })
}
defineTargets({ addToBoth })

export function startCounters(count: number, ...args: [Cell, Lock, number, Queue<ThreadReport>]): Thread[] {
  return Array.from({ length: count }, (_, index) => {
    const thread = new Thread({ target: addToBoth, args, name: `adder-${index + 1}` })
    thread.start()
    return thread
  })
}
// --- end

import { defineTargets, type Event, type Queue, Thread } from '@skein/threading'
import { at } from './support/line-marker.ts'
import { sleep } from './support/sleep.ts'

/** A thread passed the event; `wasUp`: the flag was up already when it came. */
export interface Passage {
  readonly name: string
  readonly round: number
  readonly wasUp: boolean
}

export interface Rounds {
  readonly count: number
  readonly work: number
}

// --- shown
export function waitAndWork(go: Event, passed: Queue<Passage>, name: string, rounds: Rounds): void {
  for (let round = 1; round <= rounds.count; round++) {
    at('look')
    const wasUp = go.isSet()
    at('wait')
    go.wait()
    at('tell')
    passed.put({ name, round, wasUp })
    at('work')
    sleep(rounds.work)
  }
}

export function setAndClear(go: Event): void {
  at('set')
  go.set()
  at('clear')
  go.clear()
}
defineTargets({ waitAndWork })

export function startWorkers(count: number, go: Event, passed: Queue<Passage>, rounds: Rounds): Thread[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `worker-${index + 1}`
    const thread = new Thread({ target: waitAndWork, args: [go, passed, name, rounds], name })
    thread.start()
    return thread
  })
}
// --- end

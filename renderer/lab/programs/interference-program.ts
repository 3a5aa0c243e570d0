import { Barrier, type Cell, defineTargets, type Lock, Thread } from '@skein/threading'
import { at } from './support/line-marker.ts'

const parts = 1024

/** Adds 1 in many parts. That takes about a microsecond, so the steps of two threads interleave often. */
function plusOne(value: number): number {
  let sum = value
  for (let part = 0; part < parts; part++) sum += 1 / parts
  return sum
}

// --- shown
export function add(counter: Cell, start: Barrier, times: number): void {
  start.wait()
  for (let time = 0; time < times; time++) {
    at('read')
    const value = counter.value
    at('add')
    const sum = plusOne(value)
    at('write')
    counter.value = sum
  }
}

export function addLocked(counter: Cell, start: Barrier, times: number, lock: Lock): void {
  start.wait()
  for (let time = 0; time < times; time++) {
    at('acquire')
    using _ = lock.hold()
    at('readIt')
    const value = counter.value
    at('addToIt')
    const sum = plusOne(value)
    at('writeIt')
    counter.value = sum
  }
}
defineTargets({ add, addLocked })

export function startAdders(counter: Cell, count: number, times: number, lock?: Lock): Thread[] {
  const start = new Barrier({ name: 'start', parties: count })
  return Array.from({ length: count }, (_, index) => {
    const name = `adder-${index + 1}`
    const thread = lock
      ? new Thread({ target: addLocked, args: [counter, start, times, lock], name })
      : new Thread({ target: add, args: [counter, start, times], name })
    thread.start()
    return thread
  })
}
// --- end

import { mergeInCausalOrder, type StateEvent, type WakeEvent } from '@skein/threading/inspect'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const change = (
  thread: number,
  sequence: number,
  at: number,
  rest: Partial<StateEvent> = {},
): StateEvent => ({
  thread,
  sequence,
  afterGap: false,
  at,
  state: 'Runnable',
  object: 0,
  operation: undefined,
  by: 0,
  ...rest,
})
const wake = (thread: number, sequence: number, at: number, woken: number): WakeEvent => ({
  thread,
  sequence,
  at,
  woken,
  object: 70,
  through: 'put',
})

test('events come by their times where nothing speaks against it', () => {
  const events = [change(1, 1, 10), change(2, 1, 5), change(1, 2, 20)]
  expect(mergeInCausalOrder(events, []).map(({ at }) => at)).toEqual([5, 10, 20])
})

test('a thread whose clock runs behind does not wake before it was woken', () => {
  const woken = change(2, 1, 9.99, { by: 1, object: 70 })
  const cause = wake(1, 1, 10, 2)
  expect(mergeInCausalOrder([woken], [cause])).toEqual([cause, woken])
})

test('a wake whose cause was overwritten keeps its time', () => {
  const woken = change(2, 1, 5, { by: 1, object: 70 })
  const later = change(1, 9, 8)
  expect(mergeInCausalOrder([later, woken], [])).toEqual([woken, later])
})

test('whatever the clocks say, threads keep their order, causes come first and nothing is lost', () => {
  const step = fc.record({
    thread: fc.integer({ min: 1, max: 3 }),
    wakes: fc.boolean(),
    at: fc.double({ min: 0, max: 10, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const sequences = [0, 0, 0, 0]
      const events: StateEvent[] = []
      const wakes: WakeEvent[] = []
      for (const { thread, wakes: isWake, at } of steps) {
        const other = (thread % 3) + 1
        if (!isWake) events.push(change(thread, ++sequences[thread]!, at))
        else {
          wakes.push(wake(thread, ++sequences[thread]!, at, other))
          events.push(change(other, ++sequences[other]!, at - 1, { by: thread, object: 70 }))
        }
      }
      const ordered = mergeInCausalOrder(events, wakes)
      expect(ordered.length).toBe(events.length + wakes.length)
      for (const thread of [1, 2, 3]) {
        const own = ordered.filter((one) => one.thread === thread).map(({ sequence }) => sequence)
        expect(own).toEqual(own.toSorted((a, b) => a - b))
      }
      const woken = events.filter(({ by }) => by !== 0)
      for (const [index, end] of woken.entries()) {
        expect(ordered.indexOf(end)).toBeGreaterThan(ordered.indexOf(wakes[index]!))
      }
    }),
  )
})

import {
  causesOf,
  mergeInCausalOrder,
  type StateEvent,
  sequencesByThread,
  type WakeEvent,
} from '@skein/threading/inspect'
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

const merge = (events: readonly StateEvent[], wakes: readonly WakeEvent[]) =>
  mergeInCausalOrder<StateEvent | WakeEvent>(
    sequencesByThread([...events, ...wakes]),
    causesOf(events, wakes),
  )

test('events are ordered by their times where no cause decides', () => {
  const events = [change(1, 1, 10), change(2, 1, 5), change(1, 2, 20)]
  expect(merge(events, []).map(({ at }) => at)).toEqual([5, 10, 20])
})

test('a thread whose clock runs behind does not wake before it was woken', () => {
  const woken = change(2, 1, 9.99, { by: 1, object: 70 })
  const cause = wake(1, 1, 10, 2)
  expect(merge([woken], [cause])).toEqual([cause, woken])
})

test('the end of a wait whose wake-up was overwritten is ordered by its time', () => {
  const woken = change(2, 1, 5, { by: 1, object: 70 })
  const later = change(1, 9, 8)
  expect(merge([later, woken], [])).toEqual([woken, later])
})

test('an event that is not possible yet waits for those that make it possible', () => {
  const read = { name: 'read', at: 1 }
  const write = { name: 'write', at: 2 }
  let isWritten = false
  const state = {
    canApply: ({ name }: { name: string }) => name === 'write' || isWritten,
    apply: ({ name }: { name: string }) => {
      isWritten ||= name === 'write'
    },
  }
  expect(mergeInCausalOrder([[read], [write]], new Map(), state)).toEqual([write, read])
})

test('causes that form a cycle do not stop the merge', () => {
  const [one, other] = [{ at: 1 }, { at: 2 }]
  const causes = new Map([
    [one, other],
    [other, one],
  ])
  expect(mergeInCausalOrder([[one], [other]], causes)).toEqual([one, other])
})

test('with any clocks, threads keep their order, causes come first and no event is lost', () => {
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
      const ordered = merge(events, wakes)
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

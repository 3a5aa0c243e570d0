import { Event, killThread, Lock, Queue, type Thread } from '@skein/threading'
import { findDeadlocks, setOperationRecording } from '@skein/threading/inspect'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CurrentDeadlocks } from '../../../../renderer/threads-view/analysis/current-deadlocks.ts'
import { inProcess, run } from '../../../threading/test-process.ts'
import { takeBoth } from '../../../threading/test-targets.ts'
import { AnalysedThreads } from '../fixtures/analysed-threads.ts'
import { object, process, thread } from '../fixtures/view-builders.ts'

inProcess()
beforeEach(() => setOperationRecording(true))
afterEach(() => setOperationRecording(false))

function startDeadlock(): { threads: [Thread, Thread]; done: Queue<string> } {
  const [left, right] = [new Lock({ name: 'left' }), new Lock({ name: 'right' })]
  const [one, other, done] = [new Event(), new Event(), new Queue<string>()]
  const first = run(takeBoth, [left, right, one, other, done], 'first')
  const second = run(takeBoth, [right, left, other, one, done], 'second')
  return { threads: [first, second], done }
}

test('a deadlock is reported by the second sample that shows it, until one of its threads is ended', async () => {
  const watched = new AnalysedThreads()
  const { threads, done } = startDeadlock()
  // Counted in samples, not in time. Both threads also block earlier, on their events: only samples with the
  // complete cycle count.
  let samples = 0
  await watched.until(() => {
    if (findDeadlocks(watched.view).length > 0) samples++
    return watched.analysis.findings().deadlocks.length > 0
  })
  expect(samples).toBe(2)
  expect(watched.analysis.findings().deadlocks[0]?.links).toEqual([
    { thread: { process: 'test', id: threads[0].ident, name: 'first' }, lock: 'Lock right' },
    { thread: { process: 'test', id: threads[1].ident, name: 'second' }, lock: 'Lock left' },
  ])
  killThread(threads[0].ident!)
  expect(await done.getAsync(10_000)).toBe('second has both')
  await watched.until(() => watched.analysis.findings().deadlocks.length === 0)
})

test('the reason text of each thread of a cycle names the cycle', async () => {
  const watched = new AnalysedThreads()
  const { threads } = startDeadlock()
  await watched.until(() =>
    watched.analysis
      .findings()
      .deadlocks.some(({ links }) => links.some(({ thread }) => thread.id === threads[0].ident)),
  )
  expect(watched.reasonFor(threads[0])).toMatch(
    /^first is blocked by Lock right for \d+ ms, held by second, which is blocked by Lock left, held by first: they wait in a circle\.$/,
  )
  for (const { ident } of threads) killThread(ident!)
})

test('a deadlock is present until one of its waits ends, even if the same threads wait for the same locks again', () => {
  const view = (sequence: number, since: number) =>
    process(5000, {
      threads: [
        thread(2, 'one', { ...blockedBy(71), since: 10, waitSequence: 4 }),
        thread(3, 'two', { ...blockedBy(70), since, waitSequence: sequence }),
      ],
      objects: [
        object(70, 'Lock', { holder: 2, waiters: [3] }),
        object(71, 'Lock', { holder: 3, waiters: [2] }),
      ],
    })
  const deadlocks = new CurrentDeadlocks()
  deadlocks.update(view(7, 11))
  expect(deadlocks.current).toEqual([])
  deadlocks.update(view(7, 11))
  expect(deadlocks.current).toHaveLength(1)
  deadlocks.update(view(8, 12))
  expect(deadlocks.current).toEqual([])
  deadlocks.update(view(8, 12))
  expect(deadlocks.current).toHaveLength(1)
})

const blockedBy = (lock: number) =>
  ({ state: 'Blocked', waiting: { object: lock, operation: 'acquire' } }) as const

import { Event, killThread, Lock, Queue, type Thread } from '@skein/threading'
import { findDeadlocks, setOperationRecording } from '@skein/threading/inspect'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inProcess, run } from '../../../threading/test-process.ts'
import { takeBoth } from '../../../threading/test-targets.ts'
import { AnalysedThreads } from '../fixtures/analysed-threads.ts'

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

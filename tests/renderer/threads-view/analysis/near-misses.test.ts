import { Cell, Lock, Queue, RLock } from '@skein/threading'
import { replaySchedule, setInitialThreadControl, setOperationRecording } from '@skein/threading/inspect'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inProcess, run } from '../../../threading/test-process.ts'
import { addOne, addUnderLock, takeInOrder } from '../../../threading/test-targets.ts'
import { AnalysedThreads } from '../fixtures/analysed-threads.ts'

inProcess()
beforeEach(() => setOperationRecording(true))
afterEach(() => {
  setOperationRecording(false)
  setInitialThreadControl({ paused: false, slowness: 1 })
})

/** Without those of earlier tests, which are still in the threads' rings and cells. */
const sentences = (watched: AnalysedThreads) =>
  watched.process.nearMisses.list
    .filter((miss) => !watched.before.includes(miss))
    .map(({ message: sentence }) => sentence)
const clock = '\\d\\d:\\d\\d:\\d\\d\\.\\d{3}'

test('two locks that two threads took in two sequences are reported once, although they never deadlocked', async () => {
  const watched = new AnalysedThreads()
  const [left, right] = [new Lock({ name: 'left' }), new RLock({ name: 'right' })]
  for (let round = 0; round < 2; round++) {
    await run(takeInOrder, [left, right], 'one').joinAsync()
    watched.sample()
    await run(takeInOrder, [right, left], 'two').joinAsync()
    watched.sample()
  }
  expect(sentences(watched)).toHaveLength(1)
  expect(sentences(watched)[0]).toMatch(
    new RegExp(
      `^RLock right and Lock left are taken in two orders, and can deadlock: RLock right before Lock left by two at ${clock}; Lock left before RLock right by one at ${clock}\\.$`,
    ),
  )
})

test('a cycle of sequences of three locks is reported', async () => {
  const watched = new AnalysedThreads()
  const locks = ['a', 'b', 'c'].map((name) => new Lock({ name }))
  for (const [index, lock] of locks.entries()) {
    await run(takeInOrder, [lock, locks[(index + 1) % 3]], `taker-${index}`).joinAsync()
    watched.sample()
    expect(sentences(watched)).toHaveLength(index === 2 ? 1 : 0)
  }
  expect(sentences(watched)[0]).toContain('Lock c, Lock a and Lock b are taken in orders that form a circle')
})

test('one sequence, a lock taken again by its owner, and two sequences of one thread are no near miss', async () => {
  const watched = new AnalysedThreads()
  const [left, right] = [new RLock(), new RLock()]
  await run(takeInOrder, [left, right], 'one').joinAsync()
  await run(takeInOrder, [left, right], 'two').joinAsync()
  await run(takeInOrder, [left, left], 'again').joinAsync()
  watched.sample()
  const [outer, inner] = [new Lock(), new Lock()]
  takeInOrder(outer, inner)
  takeInOrder(inner, outer)
  watched.sample()
  expect(sentences(watched)).toEqual([])
})

test('a lost update is reported with the threads that wrote', async () => {
  const watched = new AnalysedThreads()
  const counter = new Cell({ name: 'counter' })
  setInitialThreadControl({ paused: true, slowness: 1 })
  const threads = ['one', 'two'].map((name) => run(addOne, [counter, 1], name))
  await replaySchedule(['one', 'two', 'one', 'two', 'one', 'two'])
  for (const thread of threads) await thread.joinAsync()
  watched.sample()
  expect(sentences(watched)).toEqual([
    'Cell counter lost 1 update, written by one and two: a thread wrote a value that it had computed from an older one.',
  ])
  expect(watched.process.nearMisses.list.at(-1)?.kind).toBe('lostUpdate')
})

test('a cell that is written under a lock loses nothing', async () => {
  const watched = new AnalysedThreads()
  const [counter, lock] = [new Cell(), new Lock()]
  const threads = ['one', 'two'].map((name) => run(addUnderLock, [counter, lock, 500], name))
  for (const thread of threads) await thread.joinAsync()
  watched.sample()
  expect(counter.peek()).toBe(1000)
  expect(sentences(watched)).toEqual([])
})

test('a busy queue does not hide a sequence of locks', async () => {
  const watched = new AnalysedThreads()
  const [queue, left, right] = [new Queue<number>(), new Lock(), new Lock()]
  for (let item = 0; item < 500; item++) queue.put(item)
  takeInOrder(left, right)
  await run(takeInOrder, [right, left], 'other').joinAsync()
  watched.sample()
  expect(sentences(watched)).toHaveLength(1)
})

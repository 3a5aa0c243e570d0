import { expect, test } from 'vitest'
import {
  currentThread,
  Event,
  enumerate,
  Inspector,
  killThread,
  Lock,
  onThreadEnd,
  Queue,
  RuntimeError,
  Thread,
  type ThreadEnd,
  ValueError,
} from '../../shared/threading/index.ts'
import { inProcess, run, until } from './process.ts'
import { fail, getForever, holdUntil, startAnother, tell } from './targets.ts'

inProcess(3)

const view = (inspector: Inspector, thread: Thread) =>
  inspector.look().threads.find(({ id }) => id === thread.ident)

test('main is the first thread, and knows itself', () => {
  expect(currentThread().name).toBe('main')
  expect(currentThread().ident).toBe(1)
  expect(enumerate()[0]?.name).toBe('main')
})

test('a thread runs its target with its arguments and ends', () => {
  const told = new Queue<string>()
  const thread = new Thread({ target: tell, args: [told, 'hello'], name: 'teller' })
  expect(thread.ident).toBeUndefined()
  expect(thread.isAlive()).toBe(false)
  thread.start()
  thread.join()
  expect(told.getNowait()).toBe('hello')
  expect(thread.isAlive()).toBe(false)
  expect(thread.join()).toBeUndefined()
})

test('a thread without a name is numbered and named after its target', () => {
  expect(new Thread({ target: tell }).name).toMatch(/^Thread-\d+ \(tell\)$/)
  expect(new Thread().name).toMatch(/^Thread-\d+$/)
})

test('start twice, join before start and join oneself are errors', () => {
  const thread = new Thread({ target: tell, args: [new Queue<string>(), ''] })
  expect(() => thread.join()).toThrow(RuntimeError)
  thread.start()
  expect(() => thread.start()).toThrow(RuntimeError)
  thread.join()
  expect(() => currentThread().join()).toThrow(RuntimeError)
})

test('a function that its module did not define as a target is refused', () => {
  expect(() => new Thread({ target: () => {} })).toThrow(ValueError)
})

test('a thread can start threads and join them', () => {
  const told = new Queue<string>()
  run(startAnother, [told])
  expect([told.get(true, 10_000), told.get(true, 10_000)]).toEqual(['child', 'parent'])
})

test('more threads than workers are ready get workers of their own', async () => {
  const release = new Event()
  const threads = Array.from({ length: 6 }, () => run(holdUntil, [new Lock(), new Event(), release]))
  await until(() => threads.every((thread) => thread.isAlive()))
  release.set()
  for (const thread of threads) await thread.joinAsync()
})

test('an error ends only its thread, is told, and stays to be seen', async () => {
  const inspector = new Inspector()
  const thread = run(fail, ['broken string'], 'unlucky')
  const end = await endOf(thread)
  expect(end).toEqual({ ident: thread.ident, name: 'unlucky', error: 'RangeError: broken string' })
  expect(view(inspector, thread)).toMatchObject({ state: 'Terminated', error: 'RangeError: broken string' })
})

test('a thread that is ended from outside is terminated, joined and replaced by a ready worker', async () => {
  const queue = new Queue()
  const inspector = new Inspector()
  const thread = run(getForever, [queue], 'victim')
  await until(() => view(inspector, thread)?.state === 'Waiting')
  const told = endOf(thread)
  killThread(thread.ident ?? 0)
  expect((await told).error).toBe('ended from outside')
  await thread.joinAsync()
  expect(view(inspector, thread)?.state).toBe('Terminated')
  expect(inspector.look().objects.find(({ id }) => id === queue.id)?.waiters).toEqual([])
  const next = run(tell, [queue, 'after a death'])
  next.join()
  expect(queue.getNowait()).toBe('after a death')
})

/** Threads of earlier tests may be told of late. */
function endOf(thread: Thread): Promise<ThreadEnd> {
  return new Promise((resolve) => {
    const stop = onThreadEnd((end) => {
      if (end.ident !== thread.ident) return
      stop()
      resolve(end)
    })
  })
}

import { closePool, Queue } from '@skein/threading'
import { startProcess } from '@skein/threading/node'
import { afterEach, expect, test } from 'vitest'
import { run, until } from './test-process.ts'
import { echo, putAndGet } from './test-targets.ts'

/** A pool is closed while its threads are in the middle of operations, and another one is opened. */

const openPool = () =>
  startProcess({
    name: 'test',
    workers: 3,
    entry: new URL('./test-worker.ts', import.meta.url),
    memoryBytes: 2 ** 25,
  })
afterEach(closePool)

test('what the threads of a closed pool were using can be used', async () => {
  for (let round = 0; round < 5; round++) {
    openPool()
    const queue = new Queue<number>()
    const threads = [1, 2, 3].map(() => run(putAndGet, [queue]))
    await until(() => queue.unfinished > 100)
    closePool()
    // Blocks as long as a guard is held.
    queue.put(1)
    expect(queue.get()).toBe(1)
    await Promise.all(threads.map((thread) => thread.joinAsync()))
    expect(threads.some((thread) => thread.isAlive())).toBe(false)
    queue.dispose()
  }
})

test('a thread that is started at once in the next pool runs', async () => {
  openPool()
  const [first, last] = [new Queue(), new Queue()]
  const ended = run(echo, [first, last])
  first.put('stop')
  await ended.joinAsync()
  closePool()
  openPool()
  const thread = run(echo, [first, last])
  first.put('hello')
  expect(await last.getAsync()).toBe('hello')
  first.put('stop')
  await thread.joinAsync()
})

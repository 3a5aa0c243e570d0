import { closePool, onThreadEnd, Queue, Thread, type ThreadEnd } from '@skein/threading'
import { startProcess } from '@skein/threading/node'
import { afterAll, expect, test, vi } from 'vitest'
import { getForever } from './test-targets.ts'

const mistake = 'RuntimeError: a worker made a primitive before serveThreads: main makes and passes them'
const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
afterAll(closePool)

test('a worker that cannot start ends its thread with the reason, and is not made over and over', async () => {
  startProcess({
    name: 'test',
    workers: 1,
    entry: new URL('./early-primitive-worker.ts', import.meta.url),
    memoryBytes: 2 ** 25,
  })
  for (const attempt of [1, 2, 3]) {
    const end = nextEnd()
    const thread = new Thread({ target: getForever, args: [new Queue()], daemon: true })
    thread.start()
    expect(await end).toMatchObject({ ident: thread.ident, error: mistake })
    expect(printed.mock.calls).toEqual(Array(attempt).fill([`A worker of test could not start: ${mistake}`]))
  }
})

function nextEnd(): Promise<ThreadEnd> {
  return new Promise((resolve) => {
    const stop = onThreadEnd((end) => {
      stop()
      resolve(end)
    })
  })
}

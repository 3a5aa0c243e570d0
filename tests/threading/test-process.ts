import { closePool, Thread } from '@skein/threading'
import { startProcess } from '@skein/threading/node'
import { afterAll, beforeAll } from 'vitest'
import type { Target } from '../../shared/threading/src/core/targets.ts'

/** Runs the tests of a file in one process of real worker threads. */
export function inProcess(workers = 6): void {
  beforeAll(() =>
    startProcess({
      name: 'test',
      workers,
      entry: new URL('./test-worker.ts', import.meta.url),
      memoryBytes: 2 ** 25,
    }),
  )
  afterAll(closePool)
}

/** Starts a daemon thread: the tests' process does not wait for it. */
export function run(target: Target, args: unknown[], name?: string): Thread {
  const thread = new Thread({ target, args, daemon: true, ...(name === undefined ? {} : { name }) })
  thread.start()
  return thread
}

/** Waits until `condition` holds, as seen from outside: threads reach their waits in their own time. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1))
}

import { writeSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
import { serveThreads, startProcess } from '@skein/threading/node'

/** Runs a sample's `main` on the main thread. Workers load the same file, and run the threads that `main` starts. */
export function run(sample: string, main: () => void | Promise<void>): void {
  if (isMainThread) {
    startProcess({ name: 'sample', workers: 2, entry: new URL(sample) })
    void main()
  } else serveThreads()
}

/** Prints a line at once, on any thread. A worker's `console.log` waits for main's event loop. */
export function print(line: string): void {
  writeSync(1, `${line}\n`)
}

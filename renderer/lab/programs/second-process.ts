import { Cell, enumerate } from '@skein/threading'
import { snapshot } from '@skein/threading/inspect'
import { startProcess } from '@skein/threading/web'

/**
 * A second process beside the Lab's, in a worker. It has its own memory and counter, and only a main thread, which adds
 * to the counter as often as a message says. Then it posts a `ProcessReport`.
 */
export interface ProcessReport {
  readonly process: string
  readonly threads: number
  readonly found: number
}

addEventListener('message', ({ data: times }: MessageEvent<number>) => {
  startProcess({
    name: 'second process',
    workers: 0,
    memoryBytes: 2 ** 23,
    createWorker: () => {
      throw new Error('the second process starts no threads')
    },
  })
  const counter = new Cell({ name: 'counter' })
  for (let time = 0; time < times; time++) counter.value += 1
  const report: ProcessReport = {
    process: snapshot().process,
    threads: enumerate().length,
    found: counter.peek(),
  }
  postMessage(report)
})

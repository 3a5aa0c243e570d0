import { Cell, enumerate } from '@skein/threading'
import { snapshot } from '@skein/threading/inspect'
import { startProcess } from '@skein/threading/web'

/**
 * A process beside the Lab's: a memory of its own, with a counter of its own, to which its main thread adds. It has no
 * other thread. The worker that it runs in is told how often, and answers with a Report.
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

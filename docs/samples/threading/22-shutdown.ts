import { defineTargets, Queue, ShutDown, Thread } from '@skein/threading'
import { print, run } from './run.ts'

function work(jobs: Queue<string>): void {
  try {
    for (;;) print(`does ${jobs.get()}`)
  } catch (error) {
    if (!(error instanceof ShutDown)) throw error
    print('goes home')
  }
}
defineTargets({ work })

function main(): void {
  const jobs = new Queue<string>({ name: 'jobs' })
  for (const job of ['the dishes', 'the windows']) jobs.put(job)
  jobs.shutdown()
  const thread = new Thread({ target: work, args: [jobs] })
  thread.start()
  thread.join()
  try {
    jobs.put('the floor')
  } catch (error) {
    if (error instanceof ShutDown) print('no more jobs are taken')
  }
}

run(import.meta.url, main)

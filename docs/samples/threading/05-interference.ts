import { Barrier, defineTargets, SharedMemory, Thread } from '@skein/threading'
import { print, run } from './run.ts'

function add(counter: SharedMemory, bothHaveRead: Barrier): void {
  const value = counter.int32[0] ?? 0
  bothHaveRead.wait()
  counter.int32[0] = value + 1
}
defineTargets({ add })

function main(): void {
  const counter = new SharedMemory({ bytes: 4 })
  const bothHaveRead = new Barrier({ parties: 2 })
  const threads = [1, 2].map(() => new Thread({ target: add, args: [counter, bothHaveRead] }))
  for (const thread of threads) thread.start()
  for (const thread of threads) thread.join()
  print(`two threads added 1 to 0: ${counter.int32[0]}`)
}

run(import.meta.url, main)

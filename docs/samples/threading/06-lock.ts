import { defineTargets, Lock, SharedMemory, Thread } from '@skein/threading'
import { print, run } from './run.ts'

function add(counter: SharedMemory, lock: Lock): void {
  for (let times = 0; times < 10_000; times++) {
    using _ = lock.hold()
    counter.int32[0] = (counter.int32[0] ?? 0) + 1
  }
}
defineTargets({ add })

function main(): void {
  const counter = new SharedMemory({ bytes: 4 })
  const lock = new Lock({ name: 'counter' })
  const threads = [1, 2].map(() => new Thread({ target: add, args: [counter, lock] }))
  for (const thread of threads) thread.start()
  for (const thread of threads) thread.join()
  print(`two threads added 1 ten thousand times each: ${counter.int32[0]}`)
}

run(import.meta.url, main)

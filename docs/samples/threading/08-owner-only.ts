import { defineTargets, Lock, Thread } from '@skein/threading'
import { print, run } from './run.ts'

function meddle(lock: Lock): void {
  try {
    lock.release()
  } catch (error) {
    print(error instanceof Error ? `${error.name}: ${error.message}` : 'no error')
  }
}
defineTargets({ meddle })

function main(): void {
  const lock = new Lock({ name: 'library' })
  lock.acquire()
  const thread = new Thread({ target: meddle, args: [lock] })
  thread.start()
  thread.join()
  print(`still ${lock.locked() ? 'locked' : 'free'}, by thread ${lock.owner}`)
}

run(import.meta.url, main)

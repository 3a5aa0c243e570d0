import { defineTargets, Event, Lock, Thread } from '@skein/threading'
import { print, run } from './run.ts'

function holdUntil(lock: Lock, isHeld: Event, letGo: Event): void {
  lock.acquire()
  isHeld.set()
  letGo.wait()
  lock.release()
}
defineTargets({ holdUntil })

function main(): void {
  const [lock, isHeld, letGo] = [new Lock(), new Event(), new Event()]
  new Thread({ target: holdUntil, args: [lock, isHeld, letGo] }).start()
  isHeld.wait()
  print(`without blocking: ${lock.acquire(false) ? 'taken' : 'not taken'}`)
  print(`for 20 milliseconds: ${lock.acquire(true, 20) ? 'taken' : 'not taken'}`)
  letGo.set()
  print(`as long as it takes: ${lock.acquire() ? 'taken' : 'not taken'}`)
  lock.release()
  try {
    lock.release()
  } catch (error) {
    print(`released twice: ${error instanceof Error ? error.name : error}`)
  }
}

run(import.meta.url, main)

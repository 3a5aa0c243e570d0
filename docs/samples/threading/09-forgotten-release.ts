import { defineTargets, Event, Lock, Thread } from '@skein/threading'
import { print, run } from './run.ts'

function careless(lock: Lock, isOver: Event, theEnd: Event, text: string): void {
  try {
    lock.acquire()
    JSON.parse(text) // throws: the next line is not reached
    lock.release()
  } catch {
    isOver.set()
  }
  theEnd.wait()
}

function careful(lock: Lock, isOver: Event, theEnd: Event, text: string): void {
  try {
    using _ = lock.hold()
    JSON.parse(text) // throws: the lock is released on the way out
  } catch {
    isOver.set()
  }
  theEnd.wait()
}
defineTargets({ careless, careful })

function main(): void {
  const theEnd = new Event()
  for (const target of [careless, careful]) {
    const [lock, isOver] = [new Lock(), new Event()]
    new Thread({ target, args: [lock, isOver, theEnd, 'no JSON'] }).start()
    isOver.wait()
    print(`after ${target.name}: ${lock.acquire(true, 20) ? 'taken' : 'not to be had'}`)
  }
  theEnd.set()
}

run(import.meta.url, main)

import {
  currentThread,
  defineTargets,
  type Event,
  type Lock,
  type Queue,
} from '../../shared/threading/index.ts'

/** What the tests' threads run. Each does one thing that a test watches from outside. */

export function echo(from: Queue, to: Queue): void {
  for (let item = from.get(); item !== 'stop'; item = from.get()) to.put(item)
}

export function holdUntil(lock: Lock, held: Event, release: Event): void {
  lock.acquire()
  held.set()
  release.wait()
  lock.release()
}

export function acquireThenTell(lock: Lock, told: Queue<string>, name: string): void {
  lock.acquire()
  told.put(`${name}${lock.ownerDied ? ' after a death' : ''}`)
  lock.release()
}

/** Takes one lock, waits until another thread has its own, and asks for that one. */
export function takeBoth(first: Lock, second: Lock, mine: Event, others: Event, done: Queue<string>): void {
  first.acquire()
  mine.set()
  others.wait()
  second.acquire()
  done.put(`${currentThread().name} has both`)
  second.release()
  first.release()
}

export function waitForEvent(event: Event, told: Queue<boolean>): void {
  told.put(event.wait())
}

export function getForever(queue: Queue): void {
  for (;;) queue.get()
}

export function tell(told: Queue<string>, word: string): void {
  told.put(word)
}

defineTargets({ tell, echo, holdUntil, acquireThenTell, takeBoth, waitForEvent, getForever })

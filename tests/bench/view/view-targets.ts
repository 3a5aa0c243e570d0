import { defineTargets, type Event, type Lock, type Queue } from '@skein/threading'

/** What the threads of the measured page do. */

/** Sends a number and waits for its echo, again and again, `pace` ms apart. */
export function askRepeatedly(there: Queue<number>, back: Queue<number>, never: Event, pace: number): void {
  for (let number = 0; ; number++) {
    there.put(number)
    back.get()
    never.wait(pace)
  }
}

export function echoRepeatedly(there: Queue<number>, back: Queue<number>): void {
  for (;;) back.put(there.get())
}

/** Takes one lock, waits until another thread has its own, and asks for that one: a deadlock of two. */
export function acquireBoth(first: Lock, second: Lock, mine: Event, others: Event): void {
  first.acquire()
  mine.set()
  others.wait()
  second.acquire()
}

defineTargets({ ask: askRepeatedly, echo: echoRepeatedly, takeBoth: acquireBoth })

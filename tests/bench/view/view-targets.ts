import { defineTargets, type Event, type Lock, type Queue } from '@skein/threading'

/** Sends numbers, `interval` ms apart, and waits for the echo of each. */
export function askRepeatedly(
  there: Queue<number>,
  back: Queue<number>,
  neverSet: Event,
  interval: number,
): void {
  for (let number = 0; ; number++) {
    there.put(number)
    back.get()
    neverSet.wait(interval)
  }
}

export function echoRepeatedly(there: Queue<number>, back: Queue<number>): void {
  for (;;) back.put(there.get())
}

/** Acquires one lock, waits until the other thread holds the other one, and then waits for that: a deadlock. */
export function acquireBoth(first: Lock, second: Lock, isHeld: Event, isOtherHeld: Event): void {
  first.acquire()
  isHeld.set()
  isOtherHeld.wait()
  second.acquire()
}

defineTargets({ askRepeatedly, echoRepeatedly, acquireBoth })

import { Event } from '@skein/threading'

let neverSet: Event | undefined

/** Python's time.sleep, in milliseconds: a timed wait for an event that nobody sets. */
export function sleep(milliseconds: number): void {
  neverSet ??= new Event({ name: 'sleep' })
  neverSet.wait(milliseconds)
}

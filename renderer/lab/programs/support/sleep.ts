import { Event } from '@skein/threading'

let neverSet: Event | undefined

/** Like Python's time.sleep, in milliseconds: a timed wait for an event that is never set. */
export function sleep(milliseconds: number): void {
  neverSet ??= new Event({ name: 'sleep' })
  neverSet.wait(milliseconds)
}

import { Event } from '../../../shared/threading/index.ts'

let never: Event | undefined

/** Python's time.sleep, in milliseconds: a timed wait for an event that nobody sets. */
export function sleep(milliseconds: number): void {
  never ??= new Event({ name: 'sleep' })
  never.wait(milliseconds)
}

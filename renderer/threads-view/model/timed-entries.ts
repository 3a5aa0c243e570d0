/** Entries in the order of their times, numbered from `first` to `end - 1`. A number stays with its entry. */
export interface TimedEntries {
  readonly first: number
  readonly end: number
  /** Milliseconds since 1970. Never decreases. */
  at(entry: number): number
  code(entry: number): number
  object(entry: number): number
  /** What the object held afterwards, or the thread that was woken. */
  value(entry: number): number
  /** The first entry at a time or later; `end` when there is none. */
  firstAtOrAfter(time: number): number
}

/** The first number from `first` to `end` for which `isReached` holds. It must hold for all numbers after that one. */
export function lowerBound(first: number, end: number, isReached: (entry: number) => boolean): number {
  let low = first
  let high = end
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isReached(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** Entries by time, numbered from `first` to `end - 1`. A number stays with its entry. */
export interface TimedEntries {
  readonly first: number
  readonly end: number
  /** Milliseconds since 1970. Never decreases. */
  at(entry: number): number
  code(entry: number): number
  object(entry: number): number
  /** The object's value after the operation, or the thread that was woken. */
  value(entry: number): number
  /** Returns the first entry at a time or later; `end` if there is none. */
  firstAtOrAfter(time: number): number
}

/** Returns the first number from `first` to `end` for which `isReached` is true. It must be true for all later ones. */
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

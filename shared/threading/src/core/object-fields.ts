/** What a view shows of an object beside its name and its waiters. Fields that its kind does not have are undefined. */
export interface ObjectFields {
  /** The thread that holds it (locks), or the holder of its lock (conditions). */
  readonly holder: number | undefined
  /** Items in a queue; frames in a ring buffer. */
  readonly depth: number | undefined
  /** The maximum size of a queue or a ring buffer; undefined when it is unbounded. */
  readonly maxSize: number | undefined
  /** The flag of an event. */
  readonly flag: boolean | undefined
  /** The permits that a semaphore has left. */
  readonly permits: number | undefined
  /** Items of a queue that were put and not yet marked by `taskDone`. */
  readonly unfinished: number | undefined
  /** The threads that arrived at a barrier, and how many pass together. */
  readonly arrived: number | undefined
  readonly parties: number | undefined
  /** The number in a cell, and how many of its updates were lost: overwritten by a thread that had read before. */
  readonly value: number | undefined
  readonly lost: number | undefined
  /** How often a ring buffer was reset, and how often its reader found it empty in the middle. */
  readonly generation: number | undefined
  readonly underruns: number | undefined
}

/** The fields of a kind that has none. */
export const emptyObjectFields: ObjectFields = {
  holder: undefined,
  depth: undefined,
  maxSize: undefined,
  flag: undefined,
  permits: undefined,
  unfinished: undefined,
  arrived: undefined,
  parties: undefined,
  value: undefined,
  lost: undefined,
  generation: undefined,
  underruns: undefined,
}

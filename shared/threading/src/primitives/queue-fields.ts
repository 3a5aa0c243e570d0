import type { NameOptions } from '../core/primitive.ts'

/**
 * The fields of a queue:
 *
 *   field          what it holds                        who writes it
 *   -------------  -----------------------------------  ---------------------------------------------------------
 *   producersRing  the ring's address, for producers    the thread that makes the queue or replaces the ring
 *   maxSize        the bound, 0 for none                the thread that makes the queue
 *   announced      `added` after the last decided put   a producer in `putGuard`
 *   shutDown       one of `shutDownState`               any thread, in both guards
 *   knownTaken     see queue-counters.ts                a producer in `putGuard`
 *   putGuard       ident of the thread inside, or 0     producers
 *   added          items ever put, wrapping             a producer in `putGuard`
 *   getGuard       ident of the thread inside, or 0     consumers
 *   taken          items ever got, wrapping             a consumer in `getGuard`
 *   consumersRing  the ring's address, for consumers    like producersRing
 *   knownAdded     see queue-counters.ts                a consumer in `getGuard`
 *   done           calls of `taskDone`, wrapping        any thread, by compare-and-set
 *   dropped        items that `shutdown` dropped        the thread that shuts the queue down, in both guards
 *   taking         PriorityQueue: `taken` after the     a consumer in `getGuard`
 *                  get that is moving items
 *
 * Producers write to the object's first cache line, consumers to the second. A kind that puts and gets at the same end
 * uses `putGuard` for both.
 */
export const queueField = {
  producersRing: 0,
  maxSize: 1,
  announced: 2,
  shutDown: 3,
  knownTaken: 4,
  putGuard: 5,
  added: 6,
  getGuard: 7,
  taken: 8,
  consumersRing: 9,
  knownAdded: 10,
  done: 11,
  dropped: 12,
  taking: 13,
} as const

/** The fields with the guards of a queue. */
export const queueGuardFields = [queueField.putGuard, queueField.getGuard] as const

export const shutDownState = {
  open: 0,
  shutDown: 1,
  /** The items are being dropped. */
  dropping: 2,
} as const

export interface QueueOptions extends NameOptions {
  /** The maximum number of items; 0 or less is unbounded. */
  readonly maxSize?: number
}

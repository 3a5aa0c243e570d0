import type { NameOptions } from '../core/primitive.ts'

/**
 * The fields of a ring buffer. The thread that makes it writes them, once.
 *
 *   field       what it holds
 *   ----------  ------------------------------------------------
 *   address     the heap unit of its block
 *   channels    how many numbers a frame has
 *   capacity    how many frames fit
 *   rampFrames  how many frames a ramp takes
 */
export const ringField = { address: 0, channels: 1, capacity: 2, rampFrames: 3 } as const

/**
 * The words at the start of its block. The samples follow: all frames of the first channel, then of the next.
 *
 *   word           what it holds                                      who writes it
 *   -------------  -------------------------------------------------  -------------------------------
 *   written        frames ever written: see ring-counter.ts           the writer
 *   generation     how often the ring was reset, wrapping             the writer
 *   isEnded        1 if no frame follows the last one                 the writer
 *   starts         `written` at the reset, of the last even and odd   the writer, before `generation`
 *                  generation
 *   fadesIn        whether that generation begins with a ramp         the writer, before `generation`
 *   spaceIndex     `read` from which on there is space for a waiter   a thread that waits for space
 *   readIndex      `read` that a waiter waits for                     a thread that waits for it
 *   read           frames ever read or skipped                        the reader
 *   acknowledged   the generation that the reader reads               the reader
 *   underruns      how often it found no frame in the middle          the reader
 *   missingFrames  the frames that it filled with silence then        the reader
 *   isSilent       whether the reader's last frame was silence        the reader
 *   isPaused       1 while the reader gives silence                   any thread
 */
export const ringWord = {
  written: 0,
  writtenHigh: 1,
  generation: 2,
  isEnded: 3,
  starts: 4,
  fadesIn: 6,
  spaceIndex: 8,
  readIndex: 9,
  read: 32,
  readHigh: 33,
  acknowledged: 34,
  underruns: 35,
  missingFrames: 36,
  isSilent: 37,
  isPaused: 64,
} as const

/** Where the samples begin, in words. */
export const samplesOffset = 96

export const maxChannels = 64
export const maxCapacity = 2 ** 28

export interface RingBufferOptions extends NameOptions {
  /** How many numbers a frame has: 1 to 64. */
  readonly channels: number
  /** How many frames fit: 1 to 2²⁸. */
  readonly capacity: number
  /**
   * How many frames the reader takes to fade out before silence and to fade in after it; 0 by default. A ramp that is
   * too short is heard as a click.
   */
  readonly rampFrames?: number
}

import { TimedRing } from './timed-ring.ts'

/** Samples of a minute at 240 a second. Only those that showed something new are kept. */
export const maxSamples = 16_384

const columns = {
  /** The number of the first event that the sample brought. */
  firstEvent: Float64Array,
  /** Times of the earliest and the latest event that it brought. */
  earliestEventAt: Float64Array,
  latestEventAt: Float64Array,
  unrecordedCount: Float64Array,
  droppedCount: Float64Array,
} as const

/** When samples were made, and which events each of them brought. */
export class RecordedSamples extends TimedRing<keyof typeof columns> {
  constructor(source?: RecordedSamples) {
    super(columns, maxSamples, source)
  }

  clone(): RecordedSamples {
    return new RecordedSamples(this)
  }
}

import type { TimedEntries } from './timed-entries.ts'
import { TimedRing } from './timed-ring.ts'

const columns = { code: Uint8Array, object: Int32Array, value: Float64Array } as const

/** Values over time that no event reports: how a thread is controlled, or what an object holds. */
export class SampledValues extends TimedRing<keyof typeof columns> implements TimedEntries {
  constructor(maxCount: number, source?: SampledValues) {
    super(columns, maxCount, source)
  }

  code(row: number): number {
    return this.get('code', row)
  }

  object(row: number): number {
    return this.get('object', row)
  }

  value(row: number): number {
    return this.get('value', row)
  }

  clone(): SampledValues {
    return new SampledValues(0, this)
  }
}

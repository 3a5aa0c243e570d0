import { splitmix32 } from '../../../shared/player/random.ts'

/** Random choices from a seed. */
export class RandomSource {
  readonly #next: () => number

  constructor(seed: number) {
    this.#next = splitmix32(seed)
  }

  /** An integer from 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor((this.#next() / 2 ** 32) * limit)
  }

  /** A seed for another source. */
  seed(): number {
    return this.#next() | 0
  }

  chance(probability: number): boolean {
    return this.#next() / 2 ** 32 < probability
  }

  pick<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)]!
  }
}

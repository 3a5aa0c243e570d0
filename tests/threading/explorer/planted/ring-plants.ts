import type { Patches } from '../build/world.ts'

/** A change of RingBuffer's source that breaks its order of steps, and where the explorer finds that. */
export interface RingPlant {
  readonly name: string
  readonly patches: Patches
  readonly scenario: string
  readonly sentence: RegExp
}

export const ringPlants: readonly RingPlant[] = [
  {
    name: 'frames that are counted before they are copied',
    patches: {
      'ring/ring-buffer.ts': [
        [
          /(this\.#copyIn\(channels, start, count, written\))/,
          'storeCount(this.block + ringWord.written, written + count)\n      $1',
        ],
      ],
    },
    scenario: 'RingBuffer: a writer ahead of its reader',
    sentence: /is half|the old frames are/,
  },
  {
    name: 'a reader that hints at waiters before it counts what it read',
    patches: {
      'ring/ring-reader.ts': [
        [
          /storeCount\(this\.#ring\.block \+ ringWord\.read, read\)\s+this\.#ring\.hintWaiters\(read \| 0\)/,
          'this.#ring.hintWaiters(read | 0)\n    storeCount(this.#ring.block + ringWord.read, read)',
        ],
      ],
    },
    scenario: 'RingBuffer: a wait for the reader',
    sentence: /can never go on/,
  },
  {
    name: 'a reader that reads the generation before the frames',
    patches: {
      'ring/ring-reader.ts': [
        [/const written = load\(block \+ ringWord\.written\)\s+/, ''],
        [
          /(const isReset = generation !== words\[block \+ ringWord\.acknowledged\])/,
          'const written = load(block + ringWord.written)\n    $1',
        ],
      ],
    },
    scenario: 'RingBuffer: a reset',
    sentence: /^heard /,
  },
  {
    name: 'a reset that is announced before its start is known',
    patches: {
      'ring/ring-buffer.ts': [
        [
          /(store\(this\.block \+ ringWord\.starts \+ parity, written \| 0\))/,
          'store(this.block + ringWord.generation, generation)\n    $1',
        ],
      ],
    },
    scenario: 'RingBuffer: a reset',
    sentence: /^heard /,
  },
]

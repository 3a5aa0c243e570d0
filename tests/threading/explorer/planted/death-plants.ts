import type { Patches } from '../build/world.ts'

/** A change of the library's source that takes back what repairs a death, and where the explorer finds that. */
export interface DeathPlant {
  readonly name: string
  readonly patches: Patches
  readonly scenario: string
  readonly sentence: RegExp
}

export const deathPlants: readonly DeathPlant[] = [
  {
    name: 'a guard that is taken from a killed thread',
    patches: {
      'core/guard.ts': [
        [/pollThreads\(word\)/, 'if (steal(word)) return'],
        [
          /import \{ object, objectAt \} from/,
          'import { maxThreads, object, objectAt, thread, threadAt } from',
        ],
        [
          /$/,
          `function steal(word: number): boolean {
            const holder = load(word)
            const isKilled = holder > 1 && load(threadAt((holder - 1) % maxThreads) + thread.killed) === 1
            return isKilled && compareAndSet(word, holder, me)
          }`,
        ],
      ],
    },
    scenario: 'Death: among numbers in a PriorityQueue, is killed',
    sentence: /came out twice|did not come out|are unfinished/,
  },
  {
    name: 'a Barrier that is not completed',
    patches: {
      'primitives/barrier.ts': [
        [/if \(state === passing \|\| state === resetting\) this\.#refill\(state\)/, ''],
      ],
    },
    scenario: 'Death: Barrier.wait, crashes',
    sentence: /two threads of three ended as/,
  },
  {
    name: 'a release(n) that is not completed',
    patches: {
      'primitives/semaphore.ts': [[/hasBegunGrants\(this\.id\) \? this\.#completeRelease\(\) : \[\]/, '[]']],
    },
    scenario: 'Death: Semaphore.release(2), crashes',
    sentence: /of 2 permits|waits beside a permit/,
  },
  {
    name: 'a PriorityQueue whose moved items are not repaired',
    patches: {
      'primitives/priority-queue.ts': [[/if \(items\.size === count\)/, 'if (items.size <= count)']],
    },
    scenario: 'Death: among numbers in a PriorityQueue, crashes',
    sentence: /came out twice|did not come out/,
  },
  {
    name: 'a start that is neither undone nor completed',
    patches: { 'recovery/thread-death-recovery.ts': [[/recoverStarts\(dead\)\n/, '']] },
    scenario: 'Death: Thread.start, crashes',
    sentence: /slot is in the state/,
  },
]

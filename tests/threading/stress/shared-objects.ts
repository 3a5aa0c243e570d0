import {
  Barrier,
  BoundedSemaphore,
  Condition,
  Event,
  LifoQueue,
  Lock,
  type Prioritized,
  PriorityQueue,
  Queue,
  RLock,
  Semaphore,
} from '@skein/threading'
import type { Feature } from './features.ts'
import type { Ledger } from './ledger.ts'
import type { RandomSource } from './random-source.ts'

/** The objects that all actors of a round share. An actor receives them as an argument. */
export interface World {
  readonly queues: readonly Queue<unknown>[]
  readonly locks: readonly Lock[]
  readonly rlocks: readonly RLock[]
  readonly conditions: readonly Condition[]
  readonly semaphores: readonly Semaphore[]
  readonly boundedSemaphores: readonly BoundedSemaphore[]
  readonly events: readonly Event[]
  readonly barriers: readonly Barrier[]
}

/** Where the objects of each kind begin in the ledger. */
export const firstIndex: Readonly<Record<keyof World, number>> = {
  queues: 0,
  locks: 10,
  rlocks: 20,
  conditions: 30,
  semaphores: 40,
  boundedSemaphores: 44,
  events: 48,
  barriers: 52,
}

export const initialPermits = 4

export function createWorld(random: RandomSource, uses: (feature: Feature) => boolean): World {
  const made = <Kind>(feature: Feature, maximum: number, make: (name: string) => Kind): Kind[] =>
    uses(feature)
      ? Array.from({ length: 1 + random.below(maximum) }, (_, index) => make(`${feature}-${index}`))
      : []
  const maxSize = () => random.pick([0, 0, 1, 2, 16])
  return {
    queues: [
      ...made('queue', 3, (name) => new Queue<unknown>({ name, maxSize: maxSize() })),
      ...made('lifo', 2, (name) => new LifoQueue<unknown>({ name, maxSize: maxSize() })),
      ...made('priority', 3, (name) => new PriorityQueue<Prioritized>({ name, maxSize: maxSize() })),
    ] as Queue<unknown>[],
    locks: made('lock', 3, (name) => new Lock({ name })),
    rlocks: made('rlock', 2, (name) => new RLock({ name })),
    conditions: made('condition', 2, (name) =>
      random.chance(0.5)
        ? new Condition({ name })
        : new Condition({ name, lock: new Lock({ name: `${name}-lock` }) }),
    ),
    semaphores: made('semaphore', 2, (name) => new Semaphore({ name, value: initialPermits })),
    boundedSemaphores: made('bounded', 2, (name) => new BoundedSemaphore({ name, value: initialPermits })),
    events: made('event', 2, (name) => new Event({ name })),
    barriers: made('barrier', 2, (name) => new Barrier({ name, parties: 2 + random.below(2) })),
  }
}

/** One who uses the objects: a thread, or main, which has number 0 and waits only for a short time. */
export interface Actor {
  readonly id: number
  readonly random: RandomSource
  readonly ledger: Ledger
  readonly world: World
  readonly uses: (feature: Feature) => boolean
}

/**
 * Milliseconds to wait, undefined for without limit. Mostly a short time: threads that wait without limit for what only
 * another can do soon all sleep.
 */
export function patience({ id, random }: Actor, unlimited = 0.03): number | undefined {
  return id !== 0 && random.chance(unlimited) ? undefined : random.pick(waitTimes)
}

const waitTimes = [0, 0, 0.1, 0.1, 0.5, 1, 2, 10]

/** Whether to use the asynchronous twin of an operation. */
export const isAsync = ({ id, random, uses }: Actor): boolean =>
  id !== 0 && uses('async') && random.chance(0.3)

/** One of the objects of a kind, and its index in the ledger. */
export function pickObject<Kind extends keyof World>(
  { world, random }: Actor,
  kind: Kind,
): readonly [World[Kind][number], number] {
  const index = random.below(world[kind].length)
  return [world[kind][index]!, firstIndex[kind] + index]
}

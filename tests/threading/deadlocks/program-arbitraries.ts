import fc from 'fast-check'
import type { Step, ThreadPlan } from './program-targets.ts'

export type ResourceKind = 'Lock' | 'RLock' | 'Semaphore' | 'Condition'

export interface ProgramPlan {
  readonly resources: readonly { readonly kind: ResourceKind; readonly permits: number }[]
  readonly threads: readonly ThreadPlan[]
}

/** A message from one thread to a later one, by a queue or a condition. */
interface Edge {
  readonly from: number
  readonly to: number
  readonly kind: 'put' | 'notify'
}

const resourceLists = (kinds: readonly ResourceKind[]): fc.Arbitrary<ProgramPlan['resources']> =>
  fc.array(fc.record({ kind: fc.constantFrom(...kinds), permits: fc.integer({ min: 1, max: 2 }) }), {
    minLength: 1,
    maxLength: 4,
  })

/**
 * Programs that cannot deadlock: resources are acquired in the order of their numbers or with a timeout, and threads
 * wait for earlier threads only, while they hold nothing. A thread may end while it holds locks.
 */
export const safePrograms: fc.Arbitrary<ProgramPlan> = fc
  .tuple(resourceLists(['Lock', 'RLock', 'Semaphore', 'Condition']), fc.integer({ min: 2, max: 5 }))
  .chain(([resources, threadCount]) =>
    fc.record({
      resources: fc.constant(resources),
      threads: fc
        .tuple(
          threadPlans(resources, threadCount),
          fc.array(edges(threadCount), { maxLength: 3 }),
          fc.array(fc.nat({ max: threadCount - 1 }), { maxLength: 1 }),
        )
        .map(([plans, messages, joiners]) =>
          // All threads run the same number of rounds: each message that is awaited is sent.
          plans.map((plan, thread) => ({
            ...plan,
            steps: allSteps(plan.steps, thread, messages, joiners),
            rounds: plans[0]!.rounds,
          })),
        ),
    }),
  )

/** Programs like `safePrograms` of which any thread can be killed: a dead thread keeps no lock. */
export const mortalPrograms: fc.Arbitrary<ProgramPlan> = fc
  .tuple(resourceLists(['Lock', 'RLock', 'Condition']), fc.integer({ min: 3, max: 5 }))
  .chain(([resources, threadCount]) =>
    fc.record({ resources: fc.constant(resources), threads: threadPlans(resources, threadCount) }),
  )

function threadPlans(
  resources: ProgramPlan['resources'],
  threadCount: number,
): fc.Arbitrary<readonly ThreadPlan[]> {
  const locks = [...resources.keys()].filter((number) => resources[number]!.kind !== 'Semaphore')
  const plan = fc.record({
    steps: fc.array(ownSteps(resources), { minLength: 1, maxLength: 3 }),
    rounds: fc.integer({ min: 100, max: 400 }),
    kept: fc.oneof(fc.constant([]), fc.subarray(locks)),
  })
  return fc.array(plan, { minLength: threadCount, maxLength: threadCount })
}

function ownSteps(resources: ProgramPlan['resources']): fc.Arbitrary<Step> {
  const numbers = fc.subarray([...resources.keys()], { minLength: 1 })
  const nest = fc
    .tuple(numbers, fc.boolean(), fc.constantFrom(0, 0, 0, 0.02, 0.2))
    .map(([ordered, isTwice, spin]): Step => {
      const isReentrant = (number: number) => ['RLock', 'Condition'].includes(resources[number]!.kind)
      const twice = ordered.flatMap((number) =>
        isTwice && isReentrant(number) ? [number, number] : [number],
      )
      return { kind: 'nest', resources: twice, spin }
    })
  const attempt = fc
    .tuple(numbers, fc.constantFrom(0.1, 1))
    .map(([ordered, timeout]): Step => ({ kind: 'attempt', resources: ordered.toReversed(), timeout }))
  return fc.oneof({ weight: 4, arbitrary: nest }, { weight: 1, arbitrary: attempt })
}

const edges = (threadCount: number): fc.Arbitrary<Edge> =>
  fc
    .tuple(
      fc.uniqueArray(fc.nat({ max: threadCount - 1 }), { minLength: 2, maxLength: 2 }),
      fc.constantFrom<Edge['kind']>('put', 'notify'),
    )
    .map(([threads, kind]) => ({ from: Math.min(...threads), to: Math.max(...threads), kind }))

function allSteps(
  own: readonly Step[],
  thread: number,
  messages: readonly Edge[],
  joiners: readonly number[],
): Step[] {
  const sent = messages.filter(({ from }) => from === thread)
  const received = messages.filter(({ to }) => to === thread)
  return [
    ...sent.map(({ kind, to }): Step => ({ kind, thread: to })),
    ...own,
    ...received.map(({ kind }): Step => ({ kind: kind === 'put' ? 'get' : 'await' })),
    ...joiners
      .filter((joiner) => joiner === thread && thread > 0)
      .map((): Step => ({ kind: 'join', thread: 0 })),
  ]
}

/** Threads that each hold a lock and wait for that of the next. */
export interface RingPlan {
  readonly kinds: readonly Exclude<ResourceKind, 'Semaphore'>[]
  /** Other locks that each thread of the ring acquires before its own. */
  readonly extras: readonly number[]
  /** Threads beside the ring: the thread of the ring for whose lock each waits. */
  readonly bystanders: readonly number[]
}

export const rings: fc.Arbitrary<RingPlan> = fc.integer({ min: 1, max: 4 }).chain((size) =>
  fc.record({
    // An owner can acquire an RLock again: alone it makes no cycle.
    kinds:
      size === 1
        ? fc.constant<RingPlan['kinds']>(['Lock'])
        : fc.array(fc.constantFrom('Lock' as const, 'RLock' as const, 'Condition' as const), {
            minLength: size,
            maxLength: size,
          }),
    extras: fc.array(fc.nat({ max: 2 }), { minLength: size, maxLength: size }),
    bystanders: fc.array(fc.nat({ max: size - 1 }), { maxLength: 2 }),
  }),
)

import { defineTargets, local, ThreadKilled } from '@skein/threading'
import type { Feature } from './features.ts'
import { Ledger } from './ledger.ts'
import { addTokens, takeToken, useAllLocks, useLock, useRLock } from './lock-operations.ts'
import { forgetSerials, get, joinQueue, put } from './queue-operations.ts'
import { RandomSource } from './random-source.ts'
import type { Actor, World } from './shared-objects.ts'
import {
  acquirePermit,
  changeEvent,
  healBarrier,
  passBarrier,
  releasePermits,
  usePermits,
  waitForEvent,
} from './signal-operations.ts'
import { describe } from './stress-items.ts'
import { makeAndDispose, startChild, startTimer } from './thread-operations.ts'

type Operation = (actor: Actor) => void | Promise<void>

const queueOperations = [put, put, put, get, get, get, joinQueue]

/** What actors can do with each feature. An operation that is listed more often is chosen more often. */
const operationsWith: Readonly<Partial<Record<Feature, readonly Operation[]>>> = {
  queue: queueOperations,
  lifo: queueOperations,
  priority: queueOperations,
  lock: [useLock, useLock, useAllLocks],
  rlock: [useRLock, useRLock],
  condition: [addTokens, takeToken],
  semaphore: [acquirePermit, acquirePermit, acquirePermit, releasePermits],
  bounded: [usePermits, usePermits],
  event: [changeEvent, waitForEvent],
  barrier: [passBarrier, passBarrier, healBarrier],
  start: [startChild],
  timer: [startTimer],
  dispose: [makeAndDispose],
}

export const operationsFor = (names: readonly Feature[]): readonly Operation[] =>
  names.flatMap((feature) => operationsWith[feature] ?? [])

const burstLengths = [1, 1, 5, 30]

const own = local<{ id: number }>()

/** Runs a random program until the round ends. */
export async function act(id: number, seed: number, names: readonly Feature[], world: World): Promise<void> {
  const ledger = Ledger.ofProcess()
  const random = new RandomSource(seed)
  const actor: Actor = { id, random, ledger, world, uses: (feature) => names.includes(feature) }
  forgetSerials()
  if (own.id !== undefined) ledger.violation(`actor ${id} sees the local values of actor ${own.id}`)
  own.id = id
  const operations = operationsFor(names)
  while (!ledger.isStopped) {
    const operation = random.pick(operations)
    // Repeated without a pause, so that a death often comes in the middle of an operation.
    for (let times = random.pick(burstLengths); times > 0 && !ledger.isStopped; times--)
      await operation(actor)
    if (own.id !== id) ledger.violation(`actor ${id} lost its local values`)
    if (actor.uses('ends') && random.chance(0.0005)) await endOtherwise(actor)
  }
}

/** Ends this thread by other means than a return. Half of them hold a lock then. */
async function endOtherwise({ id, ledger, random, world }: Actor): Promise<void> {
  ledger.markGone(id)
  if (random.chance(0.5) && world.locks.length > 0) random.pick(world.locks).acquire(true, 20)
  const choice = random.below(4)
  if (choice === 0) process.exit(0)
  if (choice === 1) throw new PlannedError('planned')
  if (choice === 2) throw Object.create(null)
  void Promise.reject(new PlannedError('rejected'))
  await new Promise(() => {})
}

class PlannedError extends Error {}

/** For `setExcepthook`: an error that is not planned is one of the library or of this program. */
export function reportUnplanned(thrown: unknown): void {
  const isPlanned = thrown instanceof PlannedError || thrown instanceof ThreadKilled
  if (isPlanned || (typeof thrown === 'object' && thrown !== null && Object.getPrototypeOf(thrown) === null))
    return
  Ledger.ofProcess().violation(`a thread threw ${thrown instanceof Error ? thrown.stack : describe(thrown)}`)
}

defineTargets({ act })

import { enumerate } from '@skein/threading'
import { type ProcessView, snapshot } from '@skein/threading/inspect'
import { attachHandle } from '../../../shared/threading/src/core/kind-registry.ts'
import { objectIds } from '../../../shared/threading/src/core/object-table.ts'
import { auditBarrier, auditChildren, auditQueue, auditSemaphores, countItems, drain } from './audit.ts'
import type { Crew } from './crew.ts'
import { blocksInUse, describeBlock } from './heap-audit.ts'
import type { Hand } from './ledger.ts'
import { markDone } from './queue-operations.ts'
import { type Actor, firstIndex, initialPermits } from './shared-objects.ts'
import { findSleepers } from './sleepers.ts'
import { temporaryName } from './thread-operations.ts'

/** Milliseconds until a state that must come about is given up. Generous: the machine may be busy. */
const maxWait = 15_000
/** Milliseconds without a change after which the threads that are left are taken to be blocked. */
const quietTime = 300

/** Stops the threads of a round, and checks that everything is accounted for. */
export async function endRound(main: Actor, crew: Crew): Promise<void> {
  const { ledger, world } = main
  ledger.stop()
  await settle(main, crew)
  await expectNoSleepers(main, crew)
  if (ledger.violations > 0) return
  auditSemaphores(main, crew.hands)
  if (!(await releaseAll(main, crew))) return
  auditQueues(main, crew.hands)
  for (const [number, barrier] of world.barriers.entries())
    auditBarrier(ledger, barrier, firstIndex.barriers + number, crew.hands)
  auditChildren(ledger)
  if (!(await allEnded(main, crew))) return
  if (ledger.violations > 0) return
  auditLocks(main)
  disposeOfAll(main)
  if (main.uses('memory')) auditHeap(main, crew.hands)
}

const isNobodyAlive = () => enumerate().length === 1

async function poll(main: Actor, crew: Crew, isDone: () => boolean): Promise<boolean> {
  for (const end = performance.now() + maxWait; performance.now() < end; ) {
    main.ledger.beat()
    crew.removeDead()
    if (isDone()) return true
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return isDone()
}

/** Waits until each thread has ended or is blocked without a timeout. */
async function settle(main: Actor, crew: Crew): Promise<void> {
  let [signature, since] = ['', 0]
  const isQuiet = () => {
    if (isNobodyAlive()) return true
    const view = snapshot()
    const present = JSON.stringify([
      view.threads.map(({ id, since, awaiting }) => [id, since, awaiting]),
      crew.operations,
    ])
    if (present !== signature) [signature, since] = [present, performance.now()]
    return isBlocked(view) && performance.now() - since > quietTime
  }
  if (!(await poll(main, crew, isQuiet))) main.ledger.violation('threads do not come to rest')
}

const isBlocked = (view: ProcessView): boolean =>
  view.threads
    .filter(({ id, state }) => id !== 1 && state !== 'Terminated')
    .every(({ state, awaiting }) => state === 'Blocked' || state === 'Waiting' || awaiting.length > 0)

/** A thread that was woken may need some time until it gets a processor. */
async function expectNoSleepers(main: Actor, crew: Crew): Promise<void> {
  const { ledger, world } = main
  const sleepers = () =>
    findSleepers(snapshot(), new Set(world.barriers.filter(({ broken }) => broken).map(({ id }) => id)))
  if (await poll(main, crew, () => sleepers().length === 0)) return
  for (const sleeper of sleepers()) ledger.violation(sleeper)
}

/** Ends all waits except those for the items of a queue to be done. Returns whether they ended. */
async function releaseAll(main: Actor, crew: Crew): Promise<boolean> {
  const { world } = main
  for (const event of world.events) event.set()
  for (const barrier of world.barriers) barrier.abort()
  for (const queue of world.queues) queue.shutdown()
  // What is missing is in the hands of the dead. Once: from then on the living hand it on to each other.
  for (const semaphore of world.boundedSemaphores) {
    const missing = initialPermits - semaphore.value
    if (missing > 0) semaphore.release(missing)
  }
  const release = () => {
    for (const condition of world.conditions) {
      condition.acquire()
      condition.notifyAll()
      condition.release()
    }
    for (const semaphore of world.semaphores) semaphore.release(10)
  }
  const isReleased = () => {
    release()
    return areAllInQueueJoin(snapshot())
  }
  return (await poll(main, crew, isReleased)) || reportAlive(main)
}

function areAllInQueueJoin(view: ProcessView): boolean {
  const isThread = (object: number) => view.objects.find(({ id }) => id === object)?.kind === 'Thread'
  return view.threads
    .filter(({ id, state }) => id !== 1 && state !== 'Terminated')
    .every(({ waiting, awaiting }) =>
      [waiting, ...awaiting].some((wait) => wait?.operation === 'join' && !isThread(wait.object)),
    )
}

function reportAlive({ ledger }: Actor): boolean {
  const names = enumerate().map(({ name }) => name)
  ledger.violation(`threads did not end though nothing holds them up: ${names.slice(1).join(', ')}`)
  return false
}

function auditQueues(main: Actor, hands: readonly Hand[]): void {
  const { ledger, world } = main
  for (const [index, queue] of world.queues.entries()) drain(main, queue, index)
  const counts = countItems(ledger, world.queues.length)
  for (const [index, queue] of world.queues.entries()) {
    ledger.beat()
    auditQueue(ledger, queue, index, { items: counts[index]!, hands })
    while (queue.unfinished > 0 && ledger.violations === 0) markDone(main, queue, index)
    if (ledger.violations === 0) queue.join()
  }
}

const allEnded = async (main: Actor, crew: Crew): Promise<boolean> =>
  (await poll(main, crew, isNobodyAlive)) || reportAlive(main)

function auditLocks({ ledger, world }: Actor): void {
  for (const lock of [...world.locks, ...world.rlocks, ...world.conditions.map(({ lock }) => lock)])
    if (lock.locked()) ledger.violation(`${lock.name} is held by ${lock.owner}, and no thread is alive`)
}

/** Disposes of the objects of the round, and of those that threads made and died with. */
function disposeOfAll({ ledger, world }: Actor): void {
  const shared = Object.values(world).flat()
  for (const object of shared) {
    try {
      object.dispose()
    } catch (error) {
      ledger.violation(`${object.name} cannot be disposed of: ${error}`)
    }
  }
  for (const id of objectIds()) {
    const object = attachHandle(id)
    const isLeft = object.name.startsWith(temporaryName)
    if (isLeft) object.dispose()
  }
}

/** A thread that died in a constructor may leave the blocks of an object that nobody knows. */
function auditHeap({ ledger }: Actor, hands: readonly Hand[]): void {
  const inUse = blocksInUse()
  const made = hands.filter(({ operation }) => operation === 'make').length
  if (inUse.length > made)
    ledger.violation(
      `${inUse.length} blocks of the heap are in use: ${inUse.slice(0, 10).map(describeBlock).join(', ')}`,
    )
}

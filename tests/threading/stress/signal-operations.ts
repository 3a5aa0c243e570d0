import { BrokenBarrierError, ValueError } from '@skein/threading'
import { count } from './ledger.ts'
import { type Actor, firstIndex, isAsync, patience, pickObject } from './shared-objects.ts'

export async function acquirePermit(actor: Actor): Promise<void> {
  const { id, ledger, random } = actor
  const [semaphore, index] = pickObject(actor, 'semaphores')
  ledger.begin(id, 'acquire', index)
  const isTaken = isAsync(actor)
    ? await semaphore.acquireAsync(patience(actor))
    : random.chance(0.1)
      ? semaphore.acquire(false)
      : semaphore.acquire(true, patience(actor))
  if (isTaken) ledger.add(index, count.acquired, 1)
  ledger.end(id)
}

export function releasePermits(actor: Actor): void {
  const { id, ledger, random } = actor
  const [semaphore, index] = pickObject(actor, 'semaphores')
  const permits = 1 + random.below(6)
  ledger.begin(id, 'release', index, permits)
  semaphore.release(permits)
  ledger.add(index, count.released, permits)
  ledger.end(id)
}

/** Takes one or two permits of a bounded semaphore and gives them back. */
export async function usePermits(actor: Actor): Promise<void> {
  const { id, ledger, random } = actor
  const [semaphore, index] = pickObject(actor, 'boundedSemaphores')
  const number = index - firstIndex.boundedSemaphores
  const wanted = 1 + random.below(2)
  for (let taken = 0; taken < wanted; taken++) {
    ledger.begin(id, 'acquire', index)
    // The second permit must not be awaited without limit: all permits may be the first ones of others.
    const timeout = taken === 0 ? patience(actor) : random.below(5)
    const isTaken = isAsync(actor) ? await semaphore.acquireAsync(timeout) : semaphore.acquire(true, timeout)
    if (isTaken) ledger.setHeld(id, number, ledger.held(id, number) + 1)
    ledger.end(id)
  }
  giveBack(actor, id, number)
}

/** Gives back the permits that an actor holds: this one, or one that is dead. */
export function giveBack({ id, ledger, world }: Actor, holder: number, number: number): void {
  const permits = ledger.held(holder, number)
  if (permits === 0) return
  const semaphore = world.boundedSemaphores[number]!
  const index = firstIndex.boundedSemaphores + number
  ledger.begin(id, 'release', index, permits)
  try {
    semaphore.release(permits)
  } catch (error) {
    if (!(error instanceof ValueError)) throw error
    ledger.violation(`${semaphore.name} has more permits than at its start`)
  }
  ledger.setHeld(holder, number, 0)
  ledger.end(id)
}

export function changeEvent(actor: Actor): void {
  const { id, ledger, random } = actor
  const [event, index] = pickObject(actor, 'events')
  ledger.begin(id, 'set', index)
  const choice = random.below(3)
  if (choice !== 0) event.set()
  if (choice !== 1) event.clear()
  ledger.end(id)
}

export async function waitForEvent(actor: Actor): Promise<void> {
  const { id, ledger } = actor
  const [event, index] = pickObject(actor, 'events')
  ledger.begin(id, 'wait', index)
  if (isAsync(actor)) await event.waitAsync(patience(actor))
  else event.wait(patience(actor))
  ledger.end(id)
}

export async function passBarrier(actor: Actor): Promise<void> {
  const { id, ledger } = actor
  if (id === 0) return
  const [barrier, index] = pickObject(actor, 'barriers')
  ledger.begin(id, 'wait', index)
  try {
    const timeout = patience(actor, 0.3)
    const arrival = isAsync(actor) ? await barrier.waitAsync(timeout) : barrier.wait(timeout)
    if (arrival < 0 || arrival >= barrier.parties)
      ledger.violation(`${barrier.name} returned index ${arrival}`)
    ledger.add(index, count.passes + arrival, 1)
  } catch (error) {
    if (!(error instanceof BrokenBarrierError)) throw error
  }
  ledger.end(id)
}

/** Rarely breaks a barrier, and heals a broken one. */
export function healBarrier(actor: Actor): void {
  const { id, ledger, random } = actor
  const [barrier, index] = pickObject(actor, 'barriers')
  ledger.begin(id, 'set', index)
  if (barrier.broken) barrier.reset()
  else if (random.chance(0.05)) barrier.abort()
  ledger.end(id)
}

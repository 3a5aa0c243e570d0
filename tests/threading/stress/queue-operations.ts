import { Empty, Full, LifoQueue, PriorityQueue, type Queue, ShutDown, ValueError } from '@skein/threading'
import { count, fate } from './ledger.ts'
import { type Actor, isAsync, patience, pickObject } from './shared-objects.ts'
import { makeItem, receive } from './stress-items.ts'

/** The last item that this thread got from each producer of each queue. */
const lastSerials = new Map<string, number>()

export const forgetSerials = (): void => lastSerials.clear()

export async function put(actor: Actor): Promise<void> {
  const { id, ledger } = actor
  const [queue, index] = pickObject(actor, 'queues')
  ledger.begin(id, 'put', index)
  const serial = ledger.nextItem(index, id)
  if (serial === undefined) return ledger.end(id)
  const item = makeItem(actor, queue, serial)
  const isPut = await tryPut(actor, queue, item)
  ledger.setFate(serial, isPut ? fate.put : fate.refused)
  ledger.end(id)
}

async function tryPut(actor: Actor, queue: Queue<unknown>, item: unknown): Promise<boolean> {
  try {
    if (isAsync(actor)) await queue.putAsync(item, patience(actor))
    else if (actor.random.chance(0.2)) queue.putNowait(item)
    else queue.put(item, true, patience(actor))
    return true
  } catch (error) {
    if (error instanceof Full || error instanceof ShutDown) return false
    throw error
  }
}

export async function get(actor: Actor): Promise<void> {
  const { id, ledger, random } = actor
  const [queue, index] = pickObject(actor, 'queues')
  ledger.begin(id, 'get', index)
  const got = await tryGet(actor, queue)
  const received = got === nothing ? undefined : receive(actor, queue, index, got)
  ledger.end(id)
  if (received === undefined) return
  checkOrder(actor, queue, index, received.serial)
  if (random.chance(0.8)) markDone(actor, queue, index)
}

const nothing = Symbol('nothing')

async function tryGet(actor: Actor, queue: Queue<unknown>): Promise<unknown> {
  try {
    if (isAsync(actor)) return await queue.getAsync(patience(actor))
    return actor.random.chance(0.2) ? queue.getNowait() : queue.get(true, patience(actor))
  } catch (error) {
    if (error instanceof Empty || error instanceof ShutDown) return nothing
    throw error
  }
}

/** A consumer gets the items of one producer in the order in which they were put. */
function checkOrder({ id, ledger }: Actor, queue: Queue<unknown>, index: number, serial: number): void {
  if (queue instanceof LifoQueue || queue instanceof PriorityQueue) return
  const key = `${index} ${ledger.producerOf(serial)}`
  const last = lastSerials.get(key) ?? -1
  if (serial < last) ledger.violation(`actor ${id} got item ${serial} of ${queue.name} after ${last}`)
  lastSerials.set(key, serial)
}

export function markDone({ id, ledger }: Actor, queue: Queue<unknown>, index: number): void {
  ledger.begin(id, 'taskDone', index)
  try {
    queue.taskDone()
    ledger.add(index, count.done, 1)
  } catch (error) {
    if (!(error instanceof ValueError)) throw error
    ledger.violation(`${queue.name} counts fewer items put than done`)
  }
  ledger.end(id)
}

/** Rarely: items in the hand of a dead thread are never done, so that only the round's end ends the wait. */
export async function joinQueue(actor: Actor): Promise<void> {
  const { id, ledger, random } = actor
  if (id === 0 || !random.chance(0.01)) return
  const [queue, index] = pickObject(actor, 'queues')
  ledger.begin(id, 'join', index)
  if (isAsync(actor)) await queue.joinAsync()
  else queue.join()
  ledger.end(id)
}

import { type Barrier, Empty, LifoQueue, PriorityQueue, type Queue, ShutDown } from '@skein/threading'
import { child, count, fate, type Hand, type HandOperation, type Ledger } from './ledger.ts'
import { type Actor, firstIndex, initialPermits } from './shared-objects.ts'
import { receive } from './stress-items.ts'

/** The checks at the end of a round: whether everything is accounted for. */

/** How many actors died in this operation on this object. */
export const deathsIn = (hands: readonly Hand[], operation: HandOperation, object: number): number =>
  hands.filter((hand) => hand.operation === operation && hand.object === object).length

export interface ItemCounts {
  put: number
  /** The put of these items neither returned nor failed: their producers died in it. */
  unknown: number
  unknownAndGot: number
  lost: number
}

/** Counts the items of each queue. */
export function countItems(ledger: Ledger, queues: number): ItemCounts[] {
  const counts = Array.from({ length: queues }, () => ({ put: 0, unknown: 0, unknownAndGot: 0, lost: 0 }))
  for (let item = 0; item < ledger.items; item++) {
    const counted = counts[ledger.queueOf(item)]
    if (counted === undefined) continue
    const [what, gets] = [ledger.fateOf(item), ledger.gets(item)]
    if (what === fate.put) counted.put++
    if (what === fate.put && gets === 0) counted.lost++
    if (what === fate.unknown) counted.unknown++
    if (what === fate.unknown && gets > 0) counted.unknownAndGot++
  }
  return counts
}

/** Gets what a queue that was shut down still holds, in its order. */
export function drain(main: Actor, queue: Queue<unknown>, index: number): void {
  const { ledger } = main
  const lastSerials = new Map<number, number>()
  let lastPriority = Number.NEGATIVE_INFINITY
  for (;;) {
    const item = getNext(queue)
    if (item === nothing) return
    ledger.beat()
    const received = receive(main, queue, index, item)
    if (received === undefined) continue
    const { serial, priority } = received
    const producer = ledger.producerOf(serial)
    const last = lastSerials.get(producer)
    if (queue instanceof PriorityQueue) {
      if (priority < lastPriority)
        ledger.violation(`${queue.name} gives priority ${priority} after ${lastPriority}`)
      if (priority > lastPriority) lastSerials.clear()
      else if (last !== undefined && serial < last)
        ledger.violation(`${queue.name} gives item ${serial} after ${last} of the same priority`)
      lastPriority = priority
    } else if (last !== undefined && serial < last !== queue instanceof LifoQueue) {
      ledger.violation(`${queue.name} gives item ${serial} after ${last}`)
    }
    lastSerials.set(producer, serial)
  }
}

const nothing = Symbol('nothing')

function getNext(queue: Queue<unknown>): unknown {
  try {
    return queue.getNowait()
  } catch (error) {
    if (error instanceof ShutDown || error instanceof Empty) return nothing
    throw error
  }
}

/** A queue that was drained: only dead threads may have had items in their hands. */
export function auditQueue(
  ledger: Ledger,
  queue: Queue<unknown>,
  index: number,
  { items, hands }: { items: ItemCounts; hands: readonly Hand[] },
): void {
  const { name } = queue
  const getterDeaths = deathsIn(hands, 'get', index)
  if (items.lost > getterDeaths)
    ledger.violation(`${name} lost ${items.lost} items, and ${getterDeaths} threads died in get`)
  const putterDeaths = deathsIn(hands, 'put', index)
  if (items.unknown > putterDeaths)
    ledger.violation(`${items.unknown} puts to ${name} have no result; ${putterDeaths} threads died in put`)
  if (queue.qsize() !== 0) ledger.violation(`${name} is drained and has ${queue.qsize()} items`)
  const done = ledger.read(index, count.done)
  const minimum = items.put + items.unknownAndGot - done - deathsIn(hands, 'taskDone', index)
  const maximum = items.put + items.unknown - done
  if (queue.unfinished < minimum || queue.unfinished > maximum)
    ledger.violation(`${name} has ${queue.unfinished} unfinished items, not ${minimum} to ${maximum}`)
}

/** Every permit was there at the start, was released, or is in the hand of a dead thread. */
export function auditSemaphores({ ledger, world }: Actor, hands: readonly Hand[]): void {
  for (const [number, semaphore] of world.semaphores.entries()) {
    const index = firstIndex.semaphores + number
    const released = ledger.read(index, count.released)
    const certain = initialPermits + released - ledger.read(index, count.acquired)
    const minimum = certain - deathsIn(hands, 'acquire', index)
    const inDeadHands = hands.filter(({ operation, object }) => operation === 'release' && object === index)
    const maximum = inDeadHands.reduce((sum, { value }) => sum + value, certain)
    if (semaphore.value < minimum || semaphore.value > maximum)
      ledger.violation(`${semaphore.name} has ${semaphore.value} permits, not ${minimum} to ${maximum}`)
  }
}

/** Each index of a barrier was returned once in each round, or was on its way to a thread that died. */
export function auditBarrier(ledger: Ledger, barrier: Barrier, index: number, hands: readonly Hand[]): void {
  const passes = Array.from({ length: barrier.parties }, (_, place) =>
    ledger.read(index, count.passes + place),
  )
  const difference = Math.max(...passes) - Math.min(...passes)
  if (difference > deathsIn(hands, 'wait', index))
    ledger.violation(`${barrier.name} returned its indexes ${passes.join(', ')} times`)
  if (barrier.waiting !== 0)
    ledger.violation(`${barrier.name} counts ${barrier.waiting} waiters, and none waits`)
}

/** Each child that was started ran once. */
export function auditChildren(ledger: Ledger): void {
  for (let serial = 0; serial < ledger.children; serial++) {
    const flags = ledger.childFlags(serial)
    const mayNotRun = (flags & (child.gone | child.cancelled)) !== 0
    if ((flags & child.started) !== 0 && (flags & child.ran) === 0 && !mayNotRun)
      ledger.violation(`child ${serial} was started and did not run`)
  }
}

import { PriorityQueue, type Queue } from '@skein/threading'
import { fate } from './ledger.ts'
import type { Actor } from './shared-objects.ts'

/** Items from which the receiver can tell whether they arrived as they were sent. */

/** A number in a priority queue is its priority times this, plus the item's serial number. */
const priorityStep = 2 ** 22
const priorities = 8

/** Texts of 60 bytes to 240 KB: from a block of a thread's own to one beyond every magazine. */
const textOf = (serial: number, isBig: boolean): string =>
  `${serial}:€ `.repeat(isBig ? 10 + ((serial * 7919) % 20_000) : 4)

interface Received {
  readonly serial: number
  readonly priority: number
}

export function makeItem(actor: Actor, queue: Queue<unknown>, serial: number): unknown {
  const { random, uses } = actor
  const priority = random.below(priorities)
  const isList = uses('lists') && random.chance(0.5)
  if (!isList) return queue instanceof PriorityQueue ? priority * priorityStep + serial : serial
  return [priority, serial, textOf(serial, uses('big') && random.chance(0.1))]
}

/** Returns undefined for an item that nobody put. */
function readItem(queue: Queue<unknown>, item: unknown): Received | undefined {
  if (typeof item === 'number') {
    const isPriority = queue instanceof PriorityQueue
    return { serial: isPriority ? item % priorityStep : item, priority: isPriority ? item : 0 }
  }
  if (!Array.isArray(item) || item.length !== 3) return undefined
  const [priority, serial, text] = item as [number, number, string]
  const isIntact = text === textOf(serial, false) || text === textOf(serial, true)
  return isIntact ? { serial, priority } : undefined
}

/** Counts an item that was got. Returns undefined, and reports it, when it is not one that can be got now. */
export function receive(
  { id, ledger }: Actor,
  queue: Queue<unknown>,
  index: number,
  item: unknown,
): Received | undefined {
  const received = readItem(queue, item)
  const isKnown = received !== undefined && received.serial >= 0 && received.serial < ledger.items
  if (!isKnown || ledger.queueOf(received.serial) !== index) {
    ledger.violation(`actor ${id} got from ${queue.name} what was not put: ${describe(item)}`)
    return undefined
  }
  const { serial } = received
  if (ledger.addGet(serial) > 0)
    ledger.violation(`item ${serial} of ${queue.name} was got again, by actor ${id}`)
  if (ledger.fateOf(serial) === fate.refused)
    ledger.violation(`item ${serial} of ${queue.name} was got though its put failed`)
  return received
}

export function describe(item: unknown): string {
  try {
    return String(JSON.stringify(item)).slice(0, 200)
  } catch {
    return String(item)
  }
}

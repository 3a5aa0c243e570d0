import {
  defineTargets,
  Empty,
  type Event,
  Full,
  type Queue,
  type SharedMemory,
  ShutDown,
} from '@skein/threading'
import { splitmix32 } from '../../shared/player/random.ts'

/** What became of an item, as its producer knows: nothing yet, in the queue, or refused by it. */
export const fate = { unknown: 0, put: 1, refused: 2 } as const

/** The ledger: a counter of items, then a byte for each item's fate, then a byte for how often it was got. */
export class Ledger {
  readonly memory: SharedMemory
  readonly #size: number

  constructor(memory: SharedMemory) {
    this.memory = memory
    this.#size = (memory.uint8.length - 64) / 2
  }

  /** A new item, or undefined when the ledger is full. */
  next(): number | undefined {
    if (Atomics.load(this.memory.int32, 0) >= this.#size) return undefined
    return Atomics.add(this.memory.int32, 0, 1)
  }

  get items(): number {
    return Math.min(Atomics.load(this.memory.int32, 0), this.#size)
  }

  fateOf(item: number): number {
    return Atomics.load(this.memory.uint8, 64 + item)
  }

  setFate(item: number, value: number): void {
    Atomics.store(this.memory.uint8, 64 + item, value)
  }

  got(item: number): number {
    return Atomics.load(this.memory.uint8, 64 + this.#size + item)
  }

  addGot(item: number): void {
    Atomics.add(this.memory.uint8, 64 + this.#size + item, 1)
  }
}

/** Puts items until `stop`, with and without blocking, with timeouts from none to three milliseconds. */
export function stressProduce(queue: Queue<number>, memory: SharedMemory, stop: Event, seed: number): void {
  const ledger = new Ledger(memory)
  const random = splitmix32(seed)
  while (!stop.isSet()) {
    const item = ledger.next()
    if (item === undefined) return
    ledger.setFate(item, tryPut(queue, item, random() / 2 ** 32) ? fate.put : fate.refused)
  }
}

function tryPut(queue: Queue<number>, item: number, choice: number): boolean {
  try {
    if (choice < 0.2) queue.putNowait(item)
    else if (choice < 0.6) queue.put(item, true, choice * 5)
    else queue.put(item)
    return true
  } catch (error) {
    if (error instanceof Full) return false
    throw error
  }
}

/** Gets items until the queue is shut down and empty. */
export function stressConsume(queue: Queue<number>, memory: SharedMemory, seed: number): void {
  const ledger = new Ledger(memory)
  const random = splitmix32(seed)
  for (;;) {
    try {
      const choice = random() / 2 ** 32
      ledger.addGot(choice < 0.2 ? queue.getNowait() : queue.get(true, choice < 0.6 ? choice * 5 : undefined))
    } catch (error) {
      if (error instanceof ShutDown) return
      if (!(error instanceof Empty)) throw error
    }
  }
}

defineTargets({ stressProduce, stressConsume })

import { writeSync } from 'node:fs'
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'

/**
 * What the threads of a round note about their own operations, in memory that the library does not know. A thread notes
 * what it is about to do before it does it, and the result afterwards. So whatever its death can have left undone is
 * known: one operation, on one object, with one item.
 *
 *   header | actors | objects | fate of items | queue of items | gets of items | producer of items | children
 */

const headerWords = 64
const actorWords = 32
const objectWords = 64
export const maxActors = 4096
const maxObjects = 64
export const maxItems = 2 ** 21
export const maxChildren = 2 ** 17

const header = { stop: 0, heartbeat: 1, nextItem: 2, nextChild: 3, violations: 4, started: 16 } as const

/** The words of an actor: what it does, on which object, and with which item or how many permits. */
const actor = { operation: 0, object: 1, value: 2, operations: 3, gone: 4, held: 8 } as const

/** What an actor can be in the middle of. */
export const handOperations = [
  'nothing',
  'put',
  'get',
  'taskDone',
  'acquire',
  'release',
  'hold',
  'wait',
  'notify',
  'set',
  'start',
  'join',
  'make',
] as const
export type HandOperation = (typeof handOperations)[number]

export interface Hand {
  readonly operation: HandOperation
  readonly object: number
  readonly value: number
}

/** The words of an object. */
export const count = {
  acquired: 0,
  released: 1,
  done: 2,
  /** For a lock: the actor inside, and two words that are equal whenever nobody is. */
  owner: 3,
  first: 4,
  second: 5,
  tokens: 6,
  /** For a barrier: how often each index was returned. */
  passes: 16,
} as const

/** What became of an item, as its producer knows: nothing yet, in the queue, or refused by it. */
export const fate = { unknown: 0, put: 1, refused: 2 } as const

/** The bits of a child: a thread that an actor starts. */
export const child = { started: 1, ran: 2, gone: 4, cancelled: 8 } as const

const environmentKey = 'stress'

const wordCount = headerWords + maxActors * actorWords + maxObjects * objectWords
const bytesPerItem = 5

export class Ledger {
  readonly #words: Int32Array
  readonly #fates: Uint8Array
  readonly #queues: Uint8Array
  readonly #gets: Uint8Array
  readonly #producers: Uint16Array
  readonly #children: Uint8Array

  constructor(memory: SharedArrayBuffer) {
    const start = wordCount * 4
    this.#words = new Int32Array(memory, 0, wordCount)
    this.#fates = new Uint8Array(memory, start, maxItems)
    this.#queues = new Uint8Array(memory, start + maxItems, maxItems)
    this.#gets = new Uint8Array(memory, start + 2 * maxItems, maxItems)
    this.#producers = new Uint16Array(memory, start + 3 * maxItems, maxItems)
    this.#children = new Uint8Array(memory, start + bytesPerItem * maxItems, maxChildren)
  }

  /** Makes the ledger of this process. The workers that are made afterwards find it. */
  static create(): Ledger {
    const memory = new SharedArrayBuffer(wordCount * 4 + bytesPerItem * maxItems + maxChildren)
    setEnvironmentData(environmentKey, memory)
    return new Ledger(memory)
  }

  static ofProcess(): Ledger {
    return new Ledger(getEnvironmentData(environmentKey) as SharedArrayBuffer)
  }

  get isStopped(): boolean {
    return Atomics.load(this.#words, header.stop) === 1
  }

  stop(): void {
    Atomics.store(this.#words, header.stop, 1)
  }

  get heartbeat(): number {
    return Atomics.load(this.#words, header.heartbeat)
  }

  beat(): void {
    Atomics.add(this.#words, header.heartbeat, 1)
  }

  /** The steps of the start, so that a hang before the first thread can be told from one after it. */
  get violations(): number {
    return Atomics.load(this.#words, header.violations)
  }

  /** Reports what must not happen, at once: this thread may be dead the next moment. */
  violation(text: string): void {
    if (Atomics.add(this.#words, header.violations, 1) < 20) writeSync(2, `VIOLATION: ${text}\n`)
  }

  /** A new item, or undefined when the ledger is full. */
  nextItem(queue: number, producer: number): number | undefined {
    if (Atomics.load(this.#words, header.nextItem) >= maxItems - maxActors) return undefined
    const item = Atomics.add(this.#words, header.nextItem, 1)
    this.#queues[item] = queue
    this.#producers[item] = producer
    return item
  }

  get items(): number {
    return Atomics.load(this.#words, header.nextItem)
  }

  fateOf = (item: number): number => Atomics.load(this.#fates, item)
  setFate = (item: number, value: number): void => void Atomics.store(this.#fates, item, value)
  queueOf = (item: number): number => this.#queues[item]!
  producerOf = (item: number): number => this.#producers[item]!
  gets = (item: number): number => Atomics.load(this.#gets, item)
  /** Returns how often the item was got before. */
  addGet = (item: number): number => Atomics.add(this.#gets, item, 1)

  nextChild(): number | undefined {
    if (Atomics.load(this.#words, header.nextChild) >= maxChildren - maxActors) return undefined
    return Atomics.add(this.#words, header.nextChild, 1)
  }

  get children(): number {
    return Atomics.load(this.#words, header.nextChild)
  }

  childFlags = (serial: number): number => Atomics.load(this.#children, serial)
  /** Returns the flags before. */
  addChildFlag = (serial: number, flag: number): number => Atomics.or(this.#children, serial, flag)

  /** A word of an object: see `count`. */
  read(object: number, word: number): number {
    return Atomics.load(this.#words, this.#objectWord(object, word))
  }

  write(object: number, word: number, value: number): void {
    Atomics.store(this.#words, this.#objectWord(object, word), value)
  }

  /** Returns the previous value. */
  add(object: number, word: number, value: number): number {
    return Atomics.add(this.#words, this.#objectWord(object, word), value)
  }

  /** Returns the previous value. */
  exchange(object: number, word: number, value: number): number {
    return Atomics.exchange(this.#words, this.#objectWord(object, word), value)
  }

  /** Notes that an actor begins an operation. The operation is stored last. */
  begin(id: number, operation: HandOperation, object: number, value = 0): void {
    const record = headerWords + id * actorWords
    this.#words[record + actor.object] = object
    this.#words[record + actor.value] = value
    Atomics.store(this.#words, record + actor.operation, handOperations.indexOf(operation))
  }

  /** Notes that everything about an actor's operation is in the ledger. */
  end(id: number): void {
    const record = headerWords + id * actorWords
    this.#words[record + actor.operations]! += 1
    Atomics.store(this.#words, record + actor.operation, 0)
  }

  handOf(id: number): Hand {
    const record = headerWords + id * actorWords
    const operation = handOperations[Atomics.load(this.#words, record + actor.operation)] ?? 'nothing'
    return {
      operation,
      object: this.#words[record + actor.object]!,
      value: this.#words[record + actor.value]!,
    }
  }

  operationsOf = (id: number): number => this.#words[headerWords + id * actorWords + actor.operations]!

  /** Notes that an actor dies, before it does. */
  markGone(id: number): void {
    Atomics.store(this.#words, headerWords + id * actorWords + actor.gone, 1)
  }

  isGone = (id: number): boolean =>
    Atomics.load(this.#words, headerWords + id * actorWords + actor.gone) === 1

  /** How many permits of bounded semaphore number `index` (0 to 3) an actor holds. */
  held = (id: number, index: number): number =>
    Atomics.load(this.#words, headerWords + id * actorWords + actor.held + index)

  setHeld(id: number, index: number, permits: number): void {
    Atomics.store(this.#words, headerWords + id * actorWords + actor.held + index, permits)
  }

  #objectWord(object: number, word: number): number {
    return headerWords + maxActors * actorWords + object * objectWords + word
  }
}

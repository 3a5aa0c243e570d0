import { ShutDown } from '../../../../../shared/threading/src/core/errors.ts'
import { LifoQueue } from '../../../../../shared/threading/src/primitives/lifo-queue.ts'
import { PriorityQueue } from '../../../../../shared/threading/src/primitives/priority-queue.ts'
import { Queue, type QueueOptions } from '../../../../../shared/threading/src/primitives/queue.ts'
import { expect, type Scenario } from '../../engine/scenario.ts'
import { pause } from '../../engine/steps.ts'
import { type DeathRun, deathsIn, ownHandle } from './death.ts'

/** An item is known by its number; its rest takes a block of the heap. */
type Item = number | readonly [number, string]
type AnyQueue = Queue<Item>

const numberOf = (item: Item): number => (typeof item === 'number' ? item : item[0])

/** What a kind of scenario puts, and how. */
interface Style {
  readonly item: (number: number) => Item
  readonly isAsync: boolean
}

const numbers: Style = { item: (number) => number, isAsync: false }
const lists: Style = { item: (number) => [number, `text ${number}`], isAsync: false }
const longLists: Style = { item: (number) => [number, 'long '.repeat(10 + number)], isAsync: false }
const asyncLists: Style = { ...lists, isAsync: true }

/** What threads did with a queue. Every item comes out once, or is lost with the doomed thread that was getting it. */
class Ledger {
  readonly queue: AnyQueue
  readonly #style: Style
  /** Items whose `put` returned, and items that came out, of all threads. */
  readonly #put: number[] = []
  readonly #got: number[] = []
  /** What the doomed thread began and has not ended. */
  #pendingPut: number | undefined
  #isGetting = false
  #done = 0
  #isMarking = false

  constructor(queue: AnyQueue, style: Style) {
    this.queue = queue
    this.#style = style
  }

  async put(queue: AnyQueue, number: number): Promise<void> {
    const item = this.#style.item(number)
    if (this.#style.isAsync) await queue.putAsync(item)
    else queue.put(item)
    this.#put.push(number)
  }

  async get(queue: AnyQueue): Promise<number> {
    const item = this.#style.isAsync ? await queue.getAsync() : queue.get()
    expect(
      JSON.stringify(item) === JSON.stringify(this.#style.item(numberOf(item))),
      `an item came out as ${JSON.stringify(item)}`,
    )
    this.#got.push(numberOf(item))
    return numberOf(item)
  }

  async putAsDoomed(queue: AnyQueue, number: number): Promise<void> {
    this.#pendingPut = number
    await this.put(queue, number)
    this.#pendingPut = undefined
  }

  async getAsDoomed(queue: AnyQueue): Promise<void> {
    this.#isGetting = true
    await this.get(queue)
    this.#isGetting = false
  }

  markDone(queue: AnyQueue): void {
    queue.taskDone()
    this.#done++
  }

  markDoneAsDoomed(queue: AnyQueue): void {
    this.#isMarking = true
    this.markDone(queue)
    this.#isMarking = false
  }

  /** Takes out what is left, and compares. */
  check(): void {
    const queue = ownHandle(this.queue)
    while (queue.qsize() > 0) this.#got.push(numberOf(queue.getNowait()))
    const got = this.#got
    expect(new Set(got).size === got.length, `an item came out twice: ${got}`)
    const known = this.#pendingPut === undefined ? this.#put : [...this.#put, this.#pendingPut]
    const strange = got.filter((number) => !known.includes(number))
    expect(strange.length === 0, `${strange} came out and was not put`)
    const lost = this.#put.filter((number) => !got.includes(number))
    expect(lost.length <= (this.#isGetting ? 1 : 0), `${lost} did not come out, of ${this.#put}`)
    this.#checkUnfinished(queue, got.length + lost.length)
    checkUsable(queue, this.#style)
  }

  #checkUnfinished(queue: AnyQueue, count: number): void {
    const unfinished = count - this.#done
    const isRight =
      queue.unfinished === unfinished || (this.#isMarking && queue.unfinished === unfinished - 1)
    expect(isRight, `${queue.unfinished} are unfinished, of ${count} items and ${this.#done} done`)
  }
}

/** Enough items for a wider ring go in and come out. */
function checkUsable(queue: AnyQueue, { item }: Style): void {
  const count = queue.maxSize > 0 ? queue.maxSize : 5
  const sent = Array.from({ length: count }, (_, index) => index + 1)
  for (const number of sent) queue.putNowait(item(number))
  const got = sent.map(() => numberOf(queue.getNowait()))
  const isSame = [...got].sort().join() === sent.join()
  expect(isSame && queue.empty(), `of the items ${sent}, ${got} came out at the end`)
}

type MakeQueue = (options?: QueueOptions) => AnyQueue

/** The doomed thread gets and puts among items that are there, while others do so too and the ring grows. */
function amongOthers(make: MakeQueue, style: Style): DeathRun {
  const ledger = new Ledger(make(), style)
  const fill = async () => {
    for (const number of [30, 10, 20]) await ledger.put(ledger.queue, number)
  }
  fill()
  return {
    threads: {
      doomed: async () => {
        const queue = ownHandle(ledger.queue)
        await ledger.getAsDoomed(queue)
        await ledger.putAsDoomed(queue, 5)
      },
      producer: async () => {
        const queue = ownHandle(ledger.queue)
        for (const number of [40, 25]) await ledger.put(queue, number)
      },
      consumer: async () => {
        await ledger.get(ownHandle(ledger.queue))
      },
    },
    check: () => ledger.check(),
  }
}

/** The doomed thread and another wait for items. */
function getting(make: MakeQueue, style: Style): DeathRun {
  const ledger = new Ledger(make(), style)
  return {
    threads: {
      doomed: () => ledger.getAsDoomed(ownHandle(ledger.queue)),
      consumer: async () => {
        await ledger.get(ownHandle(ledger.queue))
      },
      producer: async () => {
        const queue = ownHandle(ledger.queue)
        for (const number of [1, 2]) await ledger.put(queue, number)
      },
    },
    check: () => ledger.check(),
  }
}

/** The doomed thread and another wait for room. */
function putting(make: MakeQueue, style: Style): DeathRun {
  const ledger = new Ledger(make({ maxSize: 1 }), style)
  return {
    threads: {
      doomed: async () => {
        const queue = ownHandle(ledger.queue)
        await ledger.putAsDoomed(queue, 1)
        await ledger.putAsDoomed(queue, 2)
      },
      producer: () => ledger.put(ownHandle(ledger.queue), 3),
      consumer: async () => {
        const queue = ownHandle(ledger.queue)
        for (let taken = 0; taken < 2; taken++) if ((await ledger.get(queue)) === 3) return
      },
    },
    servants: ['consumer'],
    check: () => ledger.check(),
  }
}

/** The doomed thread puts so many items that the ring grows. */
function widening(make: MakeQueue, style: Style): DeathRun {
  const ledger = new Ledger(make(), style)
  return {
    threads: {
      doomed: async () => {
        const queue = ownHandle(ledger.queue)
        for (const number of [3, 1, 2]) await ledger.putAsDoomed(queue, number)
      },
      producer: async () => {
        const queue = ownHandle(ledger.queue)
        for (const number of [5, 4]) await ledger.put(queue, number)
      },
      consumer: async () => {
        const queue = ownHandle(ledger.queue)
        for (let taken = 0; taken < 2; taken++) await ledger.get(queue)
      },
    },
    check: () => ledger.check(),
  }
}

/** A join returns when all is done, and waits when it is not. */
function marking(isAsync: boolean): DeathRun {
  const ledger = new Ledger(new Queue<Item>(), numbers)
  ledger.put(ledger.queue, 1)
  ledger.put(ledger.queue, 2)
  let hasJoined = false
  return {
    threads: {
      doomed: async () => {
        const queue = ownHandle(ledger.queue)
        await ledger.getAsDoomed(queue)
        ledger.markDoneAsDoomed(queue)
      },
      other: async () => {
        const queue = ownHandle(ledger.queue)
        await ledger.get(queue)
        ledger.markDone(queue)
      },
      joiner: async () => {
        const queue = ownHandle(ledger.queue)
        await (isAsync ? queue.joinAsync() : queue.join())
        hasJoined = true
      },
    },
    servants: ['joiner'],
    check: () => {
      const { unfinished } = ledger.queue
      expect(hasJoined === (unfinished === 0), `${unfinished} are unfinished, join returned: ${hasJoined}`)
      ledger.check()
    },
  }
}

/** A queue is shut down for all, or not at all. */
function shuttingDown(make: MakeQueue, style: Style, immediate: boolean): DeathRun {
  const queue = make({ maxSize: 2 })
  queue.put(style.item(1))
  queue.put(style.item(2))
  let refused = 0
  let hasJoined = false
  let got = 0
  const untilShutDown = (body: (own: AnyQueue) => unknown) => async () => {
    try {
      await body(ownHandle(queue))
    } catch (error) {
      if (!(error instanceof ShutDown)) throw error
      refused++
    }
  }
  return {
    threads: {
      doomed: () => ownHandle(queue).shutdown(immediate),
      consumer: untilShutDown(async (own) => {
        for (let taken = 0; taken < 4; taken++) {
          await (style.isAsync ? own.getAsync() : own.get())
          got++
        }
      }),
      producer: untilShutDown(async (own) => {
        for (const number of [3, 4])
          await (style.isAsync ? own.putAsync(style.item(number)) : own.put(style.item(number)))
        pause()
      }),
      joiner: () => {
        ownHandle(queue).join()
        hasJoined = true
      },
    },
    servants: ['consumer', 'producer', 'joiner'],
    check: () => {
      const { unfinished } = queue
      expect(hasJoined || unfinished > 0, 'a thread joins a queue that has nothing unfinished')
      let isOpen = true
      try {
        queue.putNowait(style.item(9))
      } catch (error) {
        isOpen = !(error instanceof ShutDown)
      }
      if (isOpen)
        expect(refused === 0 && got === 4, `${refused} were refused by a queue that is open, ${got} got`)
      else {
        expect(queue.empty(), `${queue.qsize()} items are left in a queue that is shut down`)
        expect(unfinished <= got, `${unfinished} are unfinished, ${got} were got`)
      }
    },
  }
}

const kinds: readonly (readonly [string, MakeQueue])[] = [
  ['Queue', (options) => new Queue<Item>(options)],
  ['LifoQueue', (options) => new LifoQueue<Item>(options)],
  ['PriorityQueue', (options) => new PriorityQueue<Item>(options) as AnyQueue],
]

const ofEachKind = (kind: string, make: MakeQueue): Scenario[] => [
  ...deathsIn(`among numbers in a ${kind}`, () => amongOthers(make, numbers)),
  ...deathsIn(`among lists in a ${kind}`, () => amongOthers(make, lists)),
  ...deathsIn(`among lists in a ${kind}, async`, () => amongOthers(make, asyncLists)),
  ...deathsIn(`${kind}.get`, () => getting(make, lists)),
  ...deathsIn(`${kind}.getAsync`, () => getting(make, asyncLists)),
  ...deathsIn(`${kind}.put`, () => putting(make, lists)),
  ...deathsIn(`${kind}.putAsync`, () => putting(make, asyncLists)),
  ...deathsIn(`a ${kind} that grows`, () => widening(make, longLists)),
  ...deathsIn(`${kind}.shutdown`, () => shuttingDown(make, lists, false)),
  ...deathsIn(`${kind}.shutdown at once`, () => shuttingDown(make, lists, true)),
]

export const queueDeaths: Scenario[] = [
  ...kinds.flatMap(([kind, make]) => ofEachKind(kind, make)),
  ...deathsIn('Queue.taskDone', () => marking(false)),
  ...deathsIn('Queue.taskDone, async', () => marking(true)),
]

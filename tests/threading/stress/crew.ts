import { enumerate, killThread, RuntimeError, Thread } from '@skein/threading'
import type { Feature } from './features.ts'
import { child, type Hand, maxActors } from './ledger.ts'
import { act } from './random-program.ts'
import type { Actor } from './shared-objects.ts'
import { giveBack } from './signal-operations.ts'
import { childSerialOf } from './thread-operations.ts'

interface Member {
  readonly id: number
  readonly thread: Thread
}

/** The threads of a round. One that dies is replaced. */
export class Crew {
  readonly #main: Actor
  readonly #names: readonly Feature[]
  readonly #size: number
  #members: Member[] = []
  #started = 0
  readonly #deadIdents = new Set<number>()
  /** What the dead were in the middle of. */
  readonly hands: Hand[] = []
  kills = 0

  constructor(main: Actor, names: readonly Feature[], size: number) {
    this.#main = main
    this.#names = names
    this.#size = size
  }

  get started(): number {
    return this.#started
  }

  /** Starts threads until there are enough. */
  fill(): void {
    while (this.#members.length < this.#size && this.#started + 1 < maxActors) {
      const id = this.#started + 1
      const thread = new Thread({
        target: act,
        args: [id, this.#main.random.seed(), this.#names, this.#main.world],
        name: `actor-${id}`,
        daemon: true,
      })
      if (!tryStart(thread)) return
      this.#started = id
      this.#members.push({ id, thread })
    }
  }

  /** Waits until the first threads run: the workers of a new process take their time to load the library. */
  async booted(): Promise<void> {
    for (const end = performance.now() + 10_000; this.operations === 0 && performance.now() < end; ) {
      this.#main.ledger.beat()
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  /** Kills one of the threads that are alive, and returns it; undefined if there is none. */
  kill(): Thread | undefined {
    const { random, ledger } = this.#main
    const victims = enumerate().filter(({ ident }) => ident !== 1 && this.#hasBegun(ident))
    if (victims.length === 0) return undefined
    const victim = random.pick(victims)
    const member = this.#members.find(({ thread }) => thread.ident === victim.ident)
    if (member !== undefined) ledger.markGone(member.id)
    const serial = childSerialOf(victim.name)
    if (serial !== undefined) ledger.addChildFlag(serial, child.gone)
    killThread(victim.ident ?? 0)
    this.kills++
    return member?.thread ?? victim
  }

  /** Whether it has done something. Most threads are spared before that, or none would get far. */
  #hasBegun(ident: number | undefined): boolean {
    const { random, ledger } = this.#main
    const member = this.#members.find(({ thread }) => thread.ident === ident)
    return member === undefined || ledger.operationsOf(member.id) > 0 || random.chance(0.05)
  }

  /** Removes the threads that have ended. */
  removeDead(): void {
    const { ledger, world } = this.#main
    for (const { id, thread } of this.#members.filter((member) => !member.thread.isAlive())) {
      this.#deadIdents.add(thread.ident ?? 0)
      if (!ledger.isGone(id) && !ledger.isStopped) ledger.violation(`actor ${id} ended by itself`)
      if (!ledger.isGone(id)) continue
      const hand = ledger.handOf(id)
      this.hands.push(hand)
      if (hand.operation === 'release') continue
      for (const number of world.boundedSemaphores.keys()) giveBack(this.#main, id, number)
    }
    this.#members = this.#members.filter((member) => !this.#deadIdents.has(member.thread.ident ?? 0))
    for (const { ident, name } of enumerate())
      if (this.#deadIdents.has(ident ?? 0)) ledger.violation(`enumerate shows ${name}, which is dead`)
  }

  /** What each of the dead was in the middle of, for a person. */
  describeHands(): string {
    const busy = this.hands.filter(({ operation }) => operation !== 'nothing')
    return busy.map(({ operation, object, value }) => `${operation} on ${object} (${value})`).join('; ')
  }

  get operations(): number {
    const { ledger } = this.#main
    return Array.from({ length: this.#started + 1 }, (_, id) => ledger.operationsOf(id)).reduce(
      (sum, operations) => sum + operations,
      0,
    )
  }
}

/** The threads may start children in all workers, including the one that was made for this thread. */
function tryStart(thread: Thread): boolean {
  try {
    thread.start()
    return true
  } catch (error) {
    if (error instanceof RuntimeError) return false
    throw error
  }
}

import type { Deadlock } from '../../../shared/threading/deadlock.ts'
import type { ProcessView } from '../../../shared/threading/view.ts'
import type { ThreadKey } from '../threads-model.ts'
import {
  type DeadlockFinding,
  type Findings,
  type NearMiss,
  noFindings,
  type StuckFinding,
} from './findings.ts'
import { ProcessAnalysis } from './process-analysis.ts'
import { stuckSentence } from './sentences.ts'
import type { Stuck } from './stuck.ts'

/** A process that was not heard of for so long, in ms, is as it was: another process tells only what changes. */
const unchangedAfter = 50

/** Milliseconds between two lists of near misses: their numbers can grow with every look. */
const nearMissStep = 500

let made = 0

/** What is learned of all processes from their views. */
export class Analysis {
  /** Tells it from every other: what shows the one is another part than what shows the other. */
  readonly number = ++made
  readonly #processes = new Map<string, ProcessAnalysis>()
  readonly #heardAt = new Map<string, number>()
  readonly #listeners = new Set<() => void>()
  #findings: Findings = noFindings
  #deadlocks: readonly Deadlock[] = []
  #stuck: readonly Stuck[] = []
  #nearMisses: readonly NearMiss[] = []
  #nearMissesAt = Number.NEGATIVE_INFINITY

  /** `now`: this window's time, whatever the process's clock says. */
  accept(view: ProcessView, now = performance.now()): void {
    const process = this.#processes.get(view.process) ?? new ProcessAnalysis(view.process)
    this.#processes.set(view.process, process)
    this.#heardAt.set(view.process, now)
    process.accept(view)
    for (const [name, other] of this.#processes) {
      if (now - (this.#heardAt.get(name) ?? now) >= unchangedAfter) other.look(view.at)
    }
    this.#renewFindings(now)
  }

  /** Looks once more after the last view of a trace: it has no look that saw nothing new, and two tell a deadlock. */
  look(at: number): void {
    for (const process of this.#processes.values()) process.look(at)
    this.#renewFindings(at + nearMissStep)
  }

  of(process: string): ProcessAnalysis | undefined {
    return this.#processes.get(process)
  }

  /** The same object until something is found or over. */
  findings = (): Findings => this.#findings

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #renewFindings(now: number): void {
    const all = [...this.#processes.values()]
    const deadlocks = all.flatMap((process) => process.deadlocks)
    const stuck = all.flatMap((process) => process.stuck)
    const isDue = now - this.#nearMissesAt >= nearMissStep
    const nearMisses = isDue ? all.flatMap((process) => process.nearMisses.list) : this.#nearMisses
    const isSame =
      isSameList(deadlocks, this.#deadlocks) &&
      isSameList(stuck, this.#stuck) &&
      isSameList(nearMisses, this.#nearMisses)
    if (isSame) return
    if (!isSameList(nearMisses, this.#nearMisses)) this.#nearMissesAt = now
    this.#deadlocks = deadlocks
    this.#stuck = stuck
    this.#nearMisses = nearMisses
    this.#tell(all)
  }

  #tell(all: readonly ProcessAnalysis[]): void {
    const before = JSON.stringify(this.#findings)
    const findings = {
      deadlocks: all.flatMap(deadlockFindings),
      stuck: all.flatMap(stuckFindings),
      nearMisses: [...this.#nearMisses].sort((one, other) => other.at - one.at),
    }
    // A thread that is stuck is found anew at each look.
    if (JSON.stringify(findings) === before) return
    this.#findings = findings
    for (const listener of this.#listeners) listener()
  }
}

const isSameList = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((item, index) => item === other[index])

function deadlockFindings(process: ProcessAnalysis): DeadlockFinding[] {
  return process.deadlocks.map(({ links }) => ({
    key: `${process.name} ${links.map(({ thread, waitsFor }) => `${thread}:${waitsFor}`).join(' ')}`,
    links: links.map(({ thread, waitsFor }) => ({
      thread: keyOf(process, thread),
      lock: process.cast.label(waitsFor),
    })),
  }))
}

/** Who is in a circle over locks is told there. */
function stuckFindings(process: ProcessAnalysis): StuckFinding[] {
  const inDeadlock = new Set(process.deadlocks.flatMap(({ links }) => links.map(({ thread }) => thread)))
  return process.stuck
    .filter(({ thread }) => !inDeadlock.has(thread.id))
    .map((stuck) => ({
      key: `${process.name} ${stuck.thread.id} ${stuck.object} ${stuck.thread.since}`,
      thread: keyOf(process, stuck.thread.id),
      sentence: stuckSentence(stuck, process.cast),
    }))
}

function keyOf(process: ProcessAnalysis, id: number): ThreadKey {
  return { process: process.name, id, name: process.cast.threadName(id) }
}

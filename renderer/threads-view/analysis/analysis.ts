import type { Deadlock, ProcessView } from '@skein/threading/inspect'
import type { ThreadKey } from '../model/threads-model.ts'
import type { BlockedForever } from './blocked-forever.ts'
import { describeBlockedForever } from './finding-text.ts'
import {
  type BlockedForeverFinding,
  type DeadlockFinding,
  type Findings,
  type NearMiss,
  noFindings,
} from './findings.ts'
import { ProcessAnalysis } from './process-analysis.ts'

/** A process that reports nothing for so long, in ms, has not changed: other processes report only changes. */
const unchangedTimeout = 50

/** Milliseconds between two lists of near misses: they can change with every sample. */
const nearMissInterval = 500

let analysisCount = 0

/** What is learned of all processes from their views. */
export class Analysis {
  /** Different for each analysis, so that React does not reuse what shows another one. */
  readonly number = ++analysisCount
  readonly #processes = new Map<string, ProcessAnalysis>()
  readonly #lastViewAt = new Map<string, number>()
  readonly #listeners = new Set<() => void>()
  #findings: Findings = noFindings
  #deadlocks: readonly Deadlock[] = []
  #blockedForever: readonly BlockedForever[] = []
  #nearMisses: readonly NearMiss[] = []
  #nearMissesAt = Number.NEGATIVE_INFINITY

  /** `now` is this window's time; the process can have another clock. */
  accept(view: ProcessView, now = performance.now()): void {
    const process = this.#processes.get(view.process) ?? new ProcessAnalysis(view.process)
    this.#processes.set(view.process, process)
    this.#lastViewAt.set(view.process, now)
    process.accept(view)
    for (const [name, other] of this.#processes) {
      if (now - (this.#lastViewAt.get(name) ?? now) >= unchangedTimeout) other.check(view.at)
    }
    this.#updateFindings(now)
  }

  /** Checks once more after the last view of a trace: a deadlock is reported by the second view that shows it. */
  check(at: number): void {
    for (const process of this.#processes.values()) process.check(at)
    this.#updateFindings(at + nearMissInterval)
  }

  ofProcess(process: string): ProcessAnalysis | undefined {
    return this.#processes.get(process)
  }

  /** The same object until something is found or over. */
  findings = (): Findings => this.#findings

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #updateFindings(now: number): void {
    const all = [...this.#processes.values()]
    const deadlocks = all.flatMap((process) => process.deadlocks)
    const stuck = all.flatMap((process) => process.blockedForever)
    const isDue = now - this.#nearMissesAt >= nearMissInterval
    const nearMisses = isDue ? all.flatMap((process) => process.nearMisses.list) : this.#nearMisses
    const isSame =
      isSameList(deadlocks, this.#deadlocks) &&
      isSameList(stuck, this.#blockedForever) &&
      isSameList(nearMisses, this.#nearMisses)
    if (isSame) return
    if (!isSameList(nearMisses, this.#nearMisses)) this.#nearMissesAt = now
    this.#deadlocks = deadlocks
    this.#blockedForever = stuck
    this.#nearMisses = nearMisses
    this.#publish(all)
  }

  #publish(all: readonly ProcessAnalysis[]): void {
    const before = JSON.stringify(this.#findings)
    const findings = {
      deadlocks: all.flatMap(deadlockFindings),
      blockedForever: all.flatMap(blockedForeverFindings),
      nearMisses: [...this.#nearMisses].sort((one, other) => other.at - one.at),
    }
    // A thread that waits forever is found again by each search.
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
      thread: threadKeyOf(process, thread),
      lock: process.directory.label(waitsFor),
    })),
  }))
}

/** Without the threads of deadlocks, which are reported there. */
function blockedForeverFindings(process: ProcessAnalysis): BlockedForeverFinding[] {
  const inDeadlock = new Set(process.deadlocks.flatMap(({ links }) => links.map(({ thread }) => thread)))
  return process.blockedForever
    .filter(({ thread }) => !inDeadlock.has(thread.id))
    .map((stuck) => ({
      key: `${process.name} ${stuck.thread.id} ${stuck.object} ${stuck.thread.since}`,
      message: describeBlockedForever(stuck, process.directory),
    }))
}

function threadKeyOf(process: ProcessAnalysis, id: number): ThreadKey {
  return { process: process.name, id, name: process.directory.threadName(id) }
}

import type { ProcessView } from '@skein/threading/inspect'
import { isDeepEqual } from './change-log.ts'
import { TimeShareMeter } from './cost.ts'
import { ProcessModel } from './process-model.ts'

/** Identifies a thread's row. */
export interface ThreadKey {
  readonly process: string
  readonly id: number
  readonly name: string
}

/** Identifies an object's row. */
export interface ObjectKey {
  readonly process: string
  readonly id: number
}

export interface ProcessGroup {
  readonly process: string
  readonly threads: readonly ThreadKey[]
  readonly objects: readonly ObjectKey[]
}

/** What React renders: the rows and the time shown. It seldom changes; painters fill the rows. */
export interface Layout {
  readonly groups: readonly ProcessGroup[]
  /** The moment shown; undefined while the present is shown. */
  readonly frozenAt: number | undefined
  /** The moments that can be shown while the picture is frozen. */
  readonly range: TimeRange | undefined
  /** The name of the trace file that is shown instead of the live processes. */
  readonly trace: string | undefined
}

export interface TimeRange {
  readonly from: number
  readonly to: number
}

/** One moment of all processes: the present one, or a frozen one. */
export interface Scene {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly processes: readonly ProcessModel[]
  /** Whether the moment is frozen, or comes from a file. */
  readonly isFrozen: boolean
}

/** What is shown instead of the present: processes up to a time, and the moment of them that is shown. */
interface FrozenScenes {
  readonly processes: readonly ProcessModel[]
  readonly range: TimeRange
  readonly trace: string | undefined
  readonly scene: Scene
}

/**
 * Everything that is known of threads, outside of React. It outlives the panel. `accept` adds a sample, `scene` returns
 * the moment that is shown.
 */
export class ThreadsModel {
  /** The share of the window's time that sampling and painting take. */
  readonly cost = new TimeShareMeter()
  readonly #live: readonly ProcessModel[]
  #at = 0
  #frozen: FrozenScenes | undefined
  #versions = ''
  #layout: Layout
  readonly #listeners = new Set<() => void>()
  readonly #viewListeners = new Set<(view: ProcessView) => void>()

  readonly #threadOrder: readonly string[]

  /** `processes` are names, in the sequence shown. Threads named in `threadOrder` are listed first. */
  constructor(processes: readonly string[], threadOrder: readonly string[] = ['main']) {
    this.#threadOrder = threadOrder
    this.#live = processes.map((name) => new ProcessModel(name, threadOrder))
    this.#layout = {
      groups: groupProcesses(this.#live),
      frozenAt: undefined,
      range: undefined,
      trace: undefined,
    }
  }

  accept(view: ProcessView): void {
    this.#live.find((process) => process.name === view.process)?.accept(view)
    // The first process is the window: its clock is the one that moves the picture.
    if (view.process === this.#live[0]?.name) this.#at = view.at
    if (!this.#frozen) this.#updateLayout()
    for (const listener of this.#viewListeners) listener(view)
  }

  /** Calls back with each view that was accepted, also while the picture is frozen. Returns how to stop that. */
  onView(listener: (view: ProcessView) => void): () => void {
    this.#viewListeners.add(listener)
    return () => this.#viewListeners.delete(listener)
  }

  scene = (): Scene => this.#frozen?.scene ?? this.live()

  /** Returns the live processes, whatever is shown. */
  live = (): Scene => ({ at: this.#at, processes: this.#live, isFrozen: false })

  /** Returns the processes with everything recorded: those of the open file, or the live ones. */
  recorded = (): readonly ProcessModel[] => this.#frozen?.processes ?? this.#live

  /** Freezes the picture at the present moment. The recording goes on. */
  freeze(): void {
    const processes = this.#live.map((process) => process.clone())
    this.#freezeAt(processes, { from: oldestTime(processes) ?? this.#at, to: this.#at }, this.#at, undefined)
  }

  /** Shows the processes of a trace file at their last moment. */
  showTrace(trace: string, processes: readonly ProcessModel[]): void {
    for (const process of processes) process.threadOrder = this.#threadOrder
    const to = Math.max(0, ...processes.map(({ recording }) => recording.to))
    this.#freezeAt(processes, { from: oldestTime(processes) ?? to, to }, to, trace)
  }

  /** Shows a moment of the last minute, or of the open file. */
  moveTo(time: number): void {
    if (!this.#frozen) this.freeze()
    if (!this.#frozen) return
    const { processes, range, trace } = this.#frozen
    this.#freezeAt(processes, range, Math.min(Math.max(time, range.from), range.to), trace)
  }

  /** Shows the present of the live processes again. */
  follow(): void {
    this.#frozen = undefined
    this.#setLayout(this.#live, undefined, undefined, undefined)
  }

  layout = (): Layout => this.#layout

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #freezeAt(
    processes: readonly ProcessModel[],
    range: TimeRange,
    at: number,
    trace: string | undefined,
  ): void {
    const then = at >= range.to ? processes : processes.map((process) => process.asOf(at))
    this.#frozen = { processes, range, trace, scene: { at, processes: then, isFrozen: true } }
    this.#setLayout(then, at, range, trace)
  }

  #updateLayout(): void {
    const versions = this.#live.map((process) => process.layoutVersion).join(' ')
    if (versions === this.#versions) return
    this.#versions = versions
    this.#setLayout(this.#live, undefined, undefined, undefined)
  }

  #setLayout(
    processes: readonly ProcessModel[],
    frozenAt: number | undefined,
    range: TimeRange | undefined,
    trace: string | undefined,
  ): void {
    const groups = groupProcesses(processes)
    const before = this.#layout.groups
    this.#layout = { groups: isDeepEqual(before, groups) ? before : groups, frozenAt, range, trace }
    for (const listener of this.#listeners) listener()
  }
}

function oldestTime(processes: readonly ProcessModel[]): number | undefined {
  const times = processes.flatMap(({ recording }) => recording.from ?? [])
  return times.length === 0 ? undefined : Math.min(...times)
}

export const threadKey = (process: string, id: number): string => `${process} ${id}`

export const findProcess = (scene: Scene, name: string): ProcessModel | undefined =>
  scene.processes.find((process) => process.name === name)

function groupProcesses(processes: readonly ProcessModel[]): readonly ProcessGroup[] {
  return processes.map((process) => ({
    process: process.name,
    threads: process.threads().map(({ id, name }) => ({ process: process.name, id, name })),
    objects: process.objects().map(({ id }) => ({ process: process.name, id })),
  }))
}

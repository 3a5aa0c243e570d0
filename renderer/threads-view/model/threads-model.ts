import type { ProcessView } from '@skein/threading/inspect'
import { isDeepEqual } from './change-log.ts'
import { TimeShareMeter } from './cost.ts'
import { ProcessModel } from './process-model.ts'

/** A thread's row. */
export interface ThreadKey {
  readonly process: string
  readonly id: number
  readonly name: string
}

/** An object's line. */
export interface ObjectKey {
  readonly process: string
  readonly id: number
}

export interface ProcessGroup {
  readonly process: string
  readonly threads: readonly ThreadKey[]
  readonly objects: readonly ObjectKey[]
}

/** What React renders: which rows there are, and which time. It changes seldom; what stands in the rows is painted. */
export interface Layout {
  readonly groups: readonly ProcessGroup[]
  /** The moment shown; undefined while the present one is. */
  readonly frozenAt: number | undefined
  /** The moments that can be shown, while one is held. */
  readonly range: TimeRange | undefined
  /** The file whose threads are shown in place of the living ones. */
  readonly trace: string | undefined
}

export interface TimeRange {
  readonly from: number
  readonly to: number
}

/** One moment of all processes: the present one, or the one that was frozen. */
export interface Scene {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly processes: readonly ProcessModel[]
  /** Whether it stays: the moment was frozen, or is one of a file. */
  readonly isFrozen: boolean
}

/** What is shown in place of the present: processes as they were up to a time, and which moment of them. */
interface FrozenScenes {
  readonly processes: readonly ProcessModel[]
  readonly range: TimeRange
  readonly trace: string | undefined
  readonly scene: Scene
}

/**
 * Everything that is known of threads, outside of React; it outlives the panel. Feed it with `accept`, look at it
 * with `scene`.
 */
export class ThreadsModel {
  /** What looking and painting take of the window's time. */
  readonly cost = new TimeShareMeter()
  readonly #live: readonly ProcessModel[]
  #at = 0
  #frozen: FrozenScenes | undefined
  #versions = ''
  #layout: Layout
  readonly #listeners = new Set<() => void>()
  readonly #viewListeners = new Set<(view: ProcessView) => void>()

  readonly #threadOrder: readonly string[]

  /** The processes' names in the order shown, and the names of the threads that are listed first. */
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

  /** Tells of every view once it was accepted, of whatever process, also while the picture is frozen. The answer ends it. */
  onView(listener: (view: ProcessView) => void): () => void {
    this.#viewListeners.add(listener)
    return () => this.#viewListeners.delete(listener)
  }

  scene = (): Scene => this.#frozen?.scene ?? this.live()

  /** The living processes, whatever is shown. */
  live = (): Scene => ({ at: this.#at, processes: this.#live, isFrozen: false })

  /** All that is shown, from the oldest to the newest moment: of the file that is open, else of the living processes. */
  recorded = (): readonly ProcessModel[] => this.#frozen?.processes ?? this.#live

  /** Holds the present moment; what happens goes on to be recorded. */
  freeze(): void {
    const processes = this.#live.map((process) => process.clone())
    this.#freezeAt(processes, { from: oldestTime(processes) ?? this.#at, to: this.#at }, this.#at, undefined)
  }

  /** Shows what was read from a file, from its last moment on. */
  showTrace(trace: string, processes: readonly ProcessModel[]): void {
    for (const process of processes) process.threadOrder = this.#threadOrder
    const to = Math.max(0, ...processes.map(({ recording }) => recording.to))
    this.#freezeAt(processes, { from: oldestTime(processes) ?? to, to }, to, trace)
  }

  /** Shows a moment of the last minute, or of the file that is open. */
  moveTo(time: number): void {
    if (!this.#frozen) this.freeze()
    if (!this.#frozen) return
    const { processes, range, trace } = this.#frozen
    this.#freezeAt(processes, range, Math.min(Math.max(time, range.from), range.to), trace)
  }

  /** Shows the present, and the living processes. */
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

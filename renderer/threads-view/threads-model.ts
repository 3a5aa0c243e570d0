import type { ProcessView, ThreadView } from '../../shared/threading/view.ts'
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

/** What React renders: which rows there are. It changes seldom; what stands in the rows is painted. */
export interface Layout {
  readonly groups: readonly ProcessGroup[]
  readonly frozenAt: number | undefined
}

/** One moment of all processes: the present one, or the one that was frozen. */
export interface Scene {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly processes: readonly ProcessModel[]
}

/** Everything that the panel knows, outside of React. Feed it with `accept`, look at it with `scene`. */
export class ThreadsModel {
  readonly #live: readonly ProcessModel[]
  #at = 0
  #frozen: Scene | undefined
  #versions = ''
  #layout: Layout
  readonly #listeners = new Set<() => void>()
  readonly #viewListeners = new Set<(view: ProcessView) => void>()

  /** The processes' names, in the order shown. */
  constructor(processes: readonly string[]) {
    this.#live = processes.map((name) => new ProcessModel(name))
    this.#layout = { groups: groupsOf(this.#live), frozenAt: undefined }
  }

  accept(view: ProcessView): void {
    this.#live.find((process) => process.name === view.process)?.accept(view)
    // The first process is the window: its clock is the one that moves the picture.
    if (view.process === this.#live[0]?.name) this.#at = view.at
    if (!this.#frozen) this.#renewLayout()
    for (const listener of this.#viewListeners) listener(view)
  }

  /** Tells of every view once it was accepted, of whatever process, also while the picture is frozen. The answer ends it. */
  onView(listener: (view: ProcessView) => void): () => void {
    this.#viewListeners.add(listener)
    return () => this.#viewListeners.delete(listener)
  }

  scene = (): Scene => this.#frozen ?? { at: this.#at, processes: this.#live }

  /** Holds the present moment; what happens goes on to be recorded. */
  freeze(): void {
    this.#frozen = { at: this.#at, processes: this.#live.map((process) => process.clone()) }
    this.#setLayout({ groups: this.#layout.groups, frozenAt: this.#at })
  }

  follow(): void {
    this.#frozen = undefined
    this.#setLayout({ groups: groupsOf(this.#live), frozenAt: undefined })
  }

  layout = (): Layout => this.#layout

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #renewLayout(): void {
    const versions = this.#live.map((process) => process.version).join(' ')
    if (versions === this.#versions) return
    this.#versions = versions
    this.#setLayout({ groups: groupsOf(this.#live), frozenAt: undefined })
  }

  #setLayout(layout: Layout): void {
    this.#layout = layout
    for (const listener of this.#listeners) listener()
  }
}

export const threadKey = (process: string, id: number): string => `${process} ${id}`

export const processOf = (scene: Scene, name: string): ProcessModel | undefined =>
  scene.processes.find((process) => process.name === name)

export const threadOf = (scene: Scene, key: ThreadKey): ThreadView | undefined =>
  processOf(scene, key.process)?.thread(key.id)

function groupsOf(processes: readonly ProcessModel[]): readonly ProcessGroup[] {
  return processes.map((process) => ({
    process: process.name,
    threads: process.threads().map(({ id, name }) => ({ process: process.name, id, name })),
    objects: process.objects().map(({ id }) => ({ process: process.name, id })),
  }))
}

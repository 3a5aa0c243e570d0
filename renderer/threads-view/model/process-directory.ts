import type { ObjectKind, ObjectView, ProcessView, ThreadView } from '@skein/threading/inspect'
import { m } from '../../../shared/i18n/messages.js'
import { objectLabel } from './text-format.ts'

/** The maximum number of names, including those of threads that are gone. */
const maxNames = 1024

/** The threads and objects of a process by their numbers, and the names also of threads that are gone. */
export class ProcessDirectory {
  threads: readonly ThreadView[] = []
  objects: readonly ObjectView[] = []
  readonly #names = new Map<number, string>()
  readonly #byId = new Map<number, ThreadView>()
  readonly #objects = new Map<number, ObjectView>()
  /** The newest thread of each name. */
  readonly #newestByName = new Map<string, ThreadView>()

  accept(view: ProcessView): void {
    if (view.threads !== this.threads) this.#acceptThreads(view.threads)
    if (view.objects !== this.objects) this.#acceptObjects(view.objects)
  }

  thread(id: number): ThreadView | undefined {
    return this.#byId.get(id)
  }

  /** The newest thread of a name; undefined if there is none any more. */
  newestThread(name: string): ThreadView | undefined {
    return this.#newestByName.get(name)
  }

  object(id: number): ObjectView | undefined {
    return this.#objects.get(id)
  }

  kind(id: number): ObjectKind | undefined {
    return this.#objects.get(id)?.kind
  }

  threadName(id: number): string {
    return this.#names.get(id) ?? m.threads_thread_number({ id })
  }

  /** Undefined for a thread that was gone before the first sample. */
  knownName(id: number): string | undefined {
    return this.#names.get(id)
  }

  /** `Queue commands`. */
  label(id: number): string {
    const object = this.#objects.get(id)
    return object === undefined ? `object #${id}` : objectLabel(object.kind, object.name, id)
  }

  #acceptThreads(threads: readonly ThreadView[]): void {
    this.threads = threads
    this.#byId.clear()
    this.#newestByName.clear()
    // Views list threads in the sequence of their start.
    for (const thread of threads) {
      this.#byId.set(thread.id, thread)
      this.#newestByName.set(thread.name, thread)
      this.#names.set(thread.id, thread.name)
    }
    for (const id of this.#names.keys()) {
      if (this.#names.size <= maxNames) break
      if (!this.#byId.has(id)) this.#names.delete(id)
    }
  }

  #acceptObjects(objects: readonly ObjectView[]): void {
    this.objects = objects
    this.#objects.clear()
    for (const object of objects) this.#objects.set(object.id, object)
  }
}

/** The directory of a past view. */
export class PastDirectory {
  #view: ProcessView | undefined
  #directory = new ProcessDirectory()

  at(view: ProcessView): ProcessDirectory {
    if (view === this.#view) return this.#directory
    this.#view = view
    this.#directory = new ProcessDirectory()
    this.#directory.accept(view)
    return this.#directory
  }
}

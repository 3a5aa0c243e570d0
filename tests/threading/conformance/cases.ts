import { killThread, Thread } from '@skein/threading'
import type { Target } from '../../../shared/threading/src/core/targets.ts'
import { Actor } from './actor.ts'
import type { Line } from './contract.ts'

/** One thing that the library must do, tried out on a thread of it or on main. */
export interface Case {
  readonly title: string
  /** The lines of the contract that it is about. */
  readonly lines: readonly Line[]
  readonly on: 'thread' | 'main'
  /** True for what holds only where main must not block. */
  readonly inBrowserOnly: boolean
  readonly run: (scene: Scene) => void | Promise<void>
}

export interface Suite {
  readonly title: string
  readonly cases: readonly Case[]
}

type AddCase<Outcome> = (title: string, lines: readonly Line[], run: (scene: Scene) => Outcome) => void

export interface Add {
  /** A case that runs on a worker, and may block. */
  readonly onThread: AddCase<void>
  /** A case that runs on main, without blocking. */
  readonly onMain: AddCase<Promise<void>>
  /** A case on main that holds only where main must not block. */
  readonly onPage: AddCase<Promise<void>>
}

export function suite(title: string, define: (add: Add) => void): Suite {
  const cases: Case[] = []
  const adder =
    (on: Case['on'], inBrowserOnly = false) =>
    (caseTitle: string, lines: readonly Line[], run: Case['run']) => {
      if (cases.some((other) => other.title === caseTitle)) throw new Error(`twice in ${title}: ${caseTitle}`)
      cases.push({ title: caseTitle, lines, on, inBrowserOnly, run })
    }
  define({ onThread: adder('thread'), onMain: adder('main'), onPage: adder('main', true) })
  return { title, cases }
}

/** The threads of a case. All of them have ended when it ends. */
export class Scene {
  readonly #actors: Actor[] = []
  readonly #threads: Thread[] = []

  /** A thread that does as it is told. */
  actor(name = `actor-${this.#actors.length + 1}`): Actor {
    const actor = new Actor(name)
    this.#actors.push(actor)
    return actor
  }

  actors(...names: readonly string[]): Actor[] {
    return names.map((name) => this.actor(name))
  }

  /** Starts a thread of its own. */
  start<Args extends readonly unknown[]>(
    target: (...args: [...Args]) => unknown,
    args: Args,
    name?: string,
  ): Thread {
    const thread = new Thread({
      target: target as Target,
      args: args as readonly unknown[],
      daemon: true,
      ...(name === undefined ? {} : { name }),
    })
    thread.start()
    this.#threads.push(thread)
    return thread
  }

  /** Ends a thread from outside, and waits until its recovery is done. Call it on main. */
  async kill({ thread }: { readonly thread: Thread }): Promise<void> {
    killThread(thread.ident ?? 0)
    await thread.joinAsync()
  }

  end(): void {
    for (const thread of this.#dismissAll()) thread.join()
  }

  async endAsync(): Promise<void> {
    for (const thread of this.#dismissAll()) await thread.joinAsync()
  }

  #dismissAll(): Thread[] {
    for (const actor of this.#actors) actor.stop()
    return [...this.#actors.map(({ thread }) => thread), ...this.#threads]
  }
}

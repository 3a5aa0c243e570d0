import type { ThreadOrder } from '../../../shared/threading/index.ts'
import type { ThreadView } from '../../../shared/threading/view.ts'
import { processOf, type Scene, type ThreadKey } from '../threads-model.ts'

/** Holds, steps or slows a thread of one process. Rejects or throws with one sentence when that cannot be. */
export type ControlThread = (ident: number, order: ThreadOrder) => void | Promise<void>

/** By the name of the process; a process that is not here can only be watched. */
export type Controls = Readonly<Record<string, ControlThread>>

/** The steps of the slow motion: how many times as long the time between two operations is made. */
export const slownesses = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const

/** What is controlled at a time: one thread, or all. */
export type Scope = ThreadKey | 'all'

/** What the buttons need to know of the threads in a scope. */
export interface ScopeState {
  /** Threads that can be held. */
  readonly count: number
  /** Whether all of them are held. */
  readonly paused: boolean
  /** The slowness of all of them; undefined where they differ. */
  readonly slowness: number | undefined
}

/** The threads in a scope that can be held: those that run, but for main, which must not block. */
export function threadsIn(scene: Scene, scope: Scope, controls: Controls): readonly ThreadKey[] {
  return scene.processes
    .filter(({ name }) => controls[name] !== undefined && (scope === 'all' || scope.process === name))
    .flatMap((process) =>
      process
        .threads()
        .filter((thread) => canBeHeld(thread) && (scope === 'all' || scope.id === thread.id))
        .map(({ id, name }) => ({ process: process.name, id, name })),
    )
}

export function stateOf(scene: Scene, keys: readonly ThreadKey[]): ScopeState {
  const threads = keys
    .map(({ process, id }) => processOf(scene, process)?.thread(id))
    .filter((thread) => thread !== undefined)
  const slowness = new Set(threads.map((thread) => thread.slowness))
  return {
    count: threads.length,
    paused: threads.length > 0 && threads.every(({ control }) => control === 'paused'),
    slowness: slowness.size === 1 ? threads[0]?.slowness : undefined,
  }
}

export const canBeHeld = ({ id, state }: ThreadView): boolean => id !== 1 && state !== 'Terminated'

/** Sends an order to each thread. One that has ended meanwhile is no failure for the others. */
export async function orderAll(
  controls: Controls,
  keys: readonly ThreadKey[],
  order: ThreadOrder,
): Promise<readonly string[]> {
  const answers = await Promise.allSettled(
    keys.map(async ({ process, id }) => controls[process]?.(id, order)),
  )
  return answers.flatMap((answer, place) =>
    answer.status === 'rejected' ? [`${keys[place]?.name}: ${sentence(answer.reason)}`] : [],
  )
}

const sentence = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason))

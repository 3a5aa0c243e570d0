import type { ThreadControlCommand, ThreadView } from '@skein/threading/inspect'
import { errorMessage } from '../../../shared/error-message.ts'
import { findProcess, type Scene, type ThreadKey } from '../model/threads-model.ts'

/** Holds, steps or slows a thread of one process. Rejects or throws with one sentence when that cannot be. */
export type ThreadController = (ident: number, order: ThreadControlCommand) => void | Promise<void>

/** By the name of the process; a process that is not here can only be watched. */
export type ThreadControls = Readonly<Record<string, ThreadController>>

/** The steps of the slow motion: how many times as long the time between two operations is made. */
export const slowdownFactors = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const

/** What is controlled at a time: one thread, or all. */
export type ControlScope = ThreadKey | 'all'

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
export function controllableThreads(
  scene: Scene,
  scope: ControlScope,
  controls: ThreadControls,
): readonly ThreadKey[] {
  return scene.processes
    .filter(({ name }) => controls[name] !== undefined && (scope === 'all' || scope.process === name))
    .flatMap((process) =>
      process
        .threads()
        .filter((thread) => canBeControlled(thread) && (scope === 'all' || scope.id === thread.id))
        .map(({ id, name }) => ({ process: process.name, id, name })),
    )
}

export function scopeStateOf(scene: Scene, keys: readonly ThreadKey[]): ScopeState {
  const threads = keys
    .map(({ process, id }) => findProcess(scene, process)?.thread(id))
    .filter((thread) => thread !== undefined)
  const slowness = new Set(threads.map((thread) => thread.slowness))
  return {
    count: threads.length,
    paused: threads.length > 0 && threads.every(({ control }) => control === 'paused'),
    slowness: slowness.size === 1 ? threads[0]?.slowness : undefined,
  }
}

const canBeControlled = ({ id, state }: ThreadView): boolean => id !== 1 && state !== 'Terminated'

/** Sends an order to each thread in the scope. Of all threads, those that have ended meanwhile are not meant any more. */
export async function sendToAll(
  controls: ThreadControls,
  scope: ControlScope,
  keys: readonly ThreadKey[],
  order: ThreadControlCommand,
): Promise<readonly string[]> {
  const answers = await Promise.allSettled(
    keys.map(async ({ process, id }) => controls[process]?.(id, order)),
  )
  return answers.flatMap((answer, place) => {
    if (answer.status === 'fulfilled') return []
    const why = errorMessage(answer.reason)
    return scope === 'all' && isThreadEndedMessage(why) ? [] : [`${keys[place]?.name}: ${why}`]
  })
}

/** In the words of `controlThread`, or of the host: an error from another process or frame keeps only its words. */
const isThreadEndedMessage = (why: string): boolean => /does not run$|^That thread has ended\.$/.test(why)

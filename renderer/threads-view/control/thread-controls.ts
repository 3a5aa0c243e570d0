import { enumerate, RuntimeError } from '@skein/threading'
import { controlThread, type ThreadControlCommand, type ThreadView } from '@skein/threading/inspect'
import { errorMessage } from '../../../shared/error-message.ts'
import type { ThreadControlResult } from '../../../shared/host-api.ts'
import { m } from '../../../shared/i18n/messages.js'
import { findProcess, type Scene, type ThreadKey } from '../model/threads-model.ts'

/**
 * Pauses, steps, slows or resumes a thread of one process. Rejects or throws with one sentence if that fails.
 */
export type ThreadController = (
  ident: number,
  command: ThreadControlCommand,
) => ThreadControlResult | Promise<ThreadControlResult>

/** Controls a thread of the process that this code runs in. */
export function controlOwnThread(ident: number, command: ThreadControlCommand): ThreadControlResult {
  try {
    controlThread(ident, command)
    return 'done'
  } catch (error) {
    const hasEnded = !enumerate().some((thread) => thread.ident === ident)
    if (error instanceof RuntimeError && hasEnded) return 'ended'
    throw error
  }
}

/** By the name of the process. Threads of other processes can only be watched. */
export type ThreadControls = Readonly<Record<string, ThreadController>>

/** The slow motion factors: the time between two operations is multiplied by one of them. */
export const slowdownFactors = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const

/** The threads that the buttons control: one, or all. */
export type ControlScope = ThreadKey | 'all'

/** The state of the threads in a scope, for the buttons. */
export interface ScopeState {
  /** Threads that can be controlled. */
  readonly count: number
  /** Whether all of them are paused. */
  readonly paused: boolean
  /** The slow motion factor of all of them; undefined if they differ. */
  readonly slowness: number | undefined
}

/** Returns the threads in a scope that can be controlled: those that run, except main, which must not block. */
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

const canBeControlled = ({ id, isAdopted, state }: ThreadView): boolean =>
  id !== 1 && !isAdopted && state !== 'Terminated'

/**
 * Sends a command to each thread. Returns a sentence for each failure. With the scope 'all', a thread that
 * has ended meanwhile is not a failure.
 */
export async function sendToAll(
  controls: ThreadControls,
  scope: ControlScope,
  keys: readonly ThreadKey[],
  command: ThreadControlCommand,
): Promise<readonly string[]> {
  const send = async ({ process, id, name }: ThreadKey): Promise<string | undefined> => {
    try {
      const result = await controls[process]?.(id, command)
      return result === 'ended' && scope !== 'all' ? `${name}: ${m.threads_thread_has_ended()}` : undefined
    } catch (error) {
      return `${name}: ${errorMessage(error)}`
    }
  }
  const failures = await Promise.all(keys.map(send))
  return failures.filter((failure) => failure !== undefined)
}

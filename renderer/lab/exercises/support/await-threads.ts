import { onThreadEnd, type Thread } from '@skein/threading'
import { snapshot } from '@skein/threading/inspect'
import { m } from '../../../../shared/i18n/messages.js'
import type { Outcome } from '../../model/exercise.ts'

/** A thread that ended by an error. */
export interface ThreadFailure {
  readonly name: string
  readonly error: string
}

/** Resolves when all have ended, or as soon as one has ended by an error: the others may wait for it forever. */
export async function awaitThreads(threads: readonly Thread[]): Promise<ThreadFailure | undefined> {
  let stop = () => {}
  const failed = new Promise<ThreadFailure>((resolve) => {
    stop = onThreadEnd(({ ident, name, error }) => {
      if (error !== undefined && threads.some((thread) => thread.ident === ident)) resolve({ name, error })
    })
  })
  const all = Promise.all(threads.map((thread) => thread.joinAsync())).then(() => findFailure(threads))
  const first = await Promise.race([failed, all])
  stop()
  return first
}

function findFailure(threads: readonly Thread[]): ThreadFailure | undefined {
  const views = snapshot().threads
  for (const { ident } of threads) {
    const view = views.find(({ id }) => id === ident)
    if (view?.error !== undefined) return { name: view.name, error: view.error }
  }
  return undefined
}

/** The outcome of a run with an error that the exercise does not teach, such as a thread ended from outside. */
export const createFailureOutcome = ({ name, error }: ThreadFailure): Outcome => ({
  summary: m.lab_thread_failed({ name, error }),
  isCorrect: false,
  facts: [{ name, value: error }],
})

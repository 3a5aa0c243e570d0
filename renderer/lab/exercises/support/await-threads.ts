import { Empty, onThreadEnd, type Queue, type Thread } from '@skein/threading'
import { snapshot } from '@skein/threading/inspect'
import type { Outcome } from '../../model/exercise.ts'

/** A thread that did not end by returning. */
export interface ThreadFailure {
  readonly name: string
  readonly error: string
}

/** Resolves when all have ended, or as soon as one has ended by an error: the others may wait for it for ever. */
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

/** What came of a run whose thread ended by an error that the exercise does not teach: it was ended from outside, say. */
export const createFailureOutcome = ({ name, error }: ThreadFailure): Outcome => ({
  summary: `${name} did not come to its end: ${error}. Run it again to see what it shows.`,
  isCorrect: false,
  facts: [{ name, value: error }],
})

/** All that is in a queue now. */
export function drainQueue<Item>(queue: Queue<Item>): Item[] {
  const items: Item[] = []
  for (;;) {
    try {
      items.push(queue.getNowait())
    } catch (error) {
      if (error instanceof Empty) return items
      throw error
    }
  }
}

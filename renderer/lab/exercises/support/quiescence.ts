import type { Thread } from '@skein/threading'
import { snapshot } from '@skein/threading/inspect'
import { SampleConfirmation } from './sample-confirmation.ts'

/** Detects that threads all wait without a timeout, so that none of them can continue unless main wakes it. */
export class QuiescenceDetector {
  readonly #waits = new SampleConfirmation<string | undefined>()

  /** Takes a sample. Returns whether it confirms that none of these threads can continue; false once all have ended. */
  detect(threads: readonly Thread[]): boolean {
    const waits = describeWaits(threads)
    return this.#waits.confirms(waits) && waits !== undefined
  }
}

/** What each thread waits for and since when; undefined while one can continue by itself, or if all have ended. */
function describeWaits(threads: readonly Thread[]): string | undefined {
  const { threads: views, objects } = snapshot()
  const waits: string[] = []
  for (const { ident } of threads) {
    const view = views.find(({ id }) => id === ident)
    if (view === undefined || view.state === 'Terminated') continue
    const object = objects.find(({ id }) => id === view.waiting?.object)
    // A thread that was woken and does not run yet is no longer among the waiters.
    if (view.until !== undefined || !object?.waiters.includes(view.id)) return undefined
    waits.push(`${view.id} ${object.id} ${view.since}`)
  }
  return waits.length === 0 ? undefined : waits.join(', ')
}

import type { Thread } from '@skein/threading'
import { snapshot } from '@skein/threading/inspect'

/**
 * Threads that all wait without a timeout: none of them can wake another, so unless main does, it stays like that.
 * Two looks in a row must show the same waits: between the two moments then no thread ran.
 */
export class QuiescenceDetector {
  #lastWaits: string | undefined

  /** Whether this look confirms that none of these threads can go on. False once all have ended. */
  detect(threads: readonly Thread[]): boolean {
    const waits = describeWaits(threads)
    const isConfirmed = waits !== undefined && waits === this.#lastWaits
    this.#lastWaits = waits
    return isConfirmed
  }
}

/** What each waits for and since when; undefined while one of them runs, will by itself, or all have ended. */
function describeWaits(threads: readonly Thread[]): string | undefined {
  const { threads: views, objects } = snapshot()
  const waits: string[] = []
  for (const { ident } of threads) {
    const view = views.find(({ id }) => id === ident)
    if (view === undefined || view.state === 'Terminated') continue
    const object = objects.find(({ id }) => id === view.waiting?.object)
    // Who was woken, and has not noticed yet, stands in no line any more.
    if (view.until !== undefined || !object?.waiters.includes(view.id)) return undefined
    waits.push(`${view.id} ${object.id} ${view.since}`)
  }
  return waits.length === 0 ? undefined : waits.join(', ')
}

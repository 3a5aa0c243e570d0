import type { Listing } from './exercise.ts'
import type { Runner } from './runner.ts'

/** The line of a listing that a thread of the run is on; undefined where it is on none. */
export function lineOf({ lab, view }: Runner, id: number, { lines }: Listing): number | undefined {
  const state = view.threads.find((thread) => thread.id === id)?.state
  const label = state === 'Terminated' ? undefined : lab?.labelOf(id, Object.keys(lines))
  return label === undefined ? undefined : lines[label]
}

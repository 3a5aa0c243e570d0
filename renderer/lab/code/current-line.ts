import type { Listing } from '../model/exercise.ts'
import type { ExerciseRunner } from '../run/exercise-runner.ts'

/** Returns the line of a listing that a thread of the run is on; undefined if it is on none. */
export function findCurrentLine(
  { lab, view }: ExerciseRunner,
  id: number,
  { labelLines }: Listing,
): number | undefined {
  const state = view.threads.find((thread) => thread.id === id)?.state
  const label = state === 'Terminated' ? undefined : lab?.findCurrentLabel(id, Object.keys(labelLines))
  return label === undefined ? undefined : labelLines[label]
}

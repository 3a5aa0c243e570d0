import { isTarget, nameOfTarget, type Target, targetNamed } from '../core/targets.ts'
import { free } from '../heap/heap.ts'
import { loadText, storeText } from '../heap/heap-text.ts'

/** The action of a barrier in shared memory: the address of its name, so that any thread can run it. */

const noAction = 0
/** The action is a function that only the thread that made the barrier knows. */
export const unknownAction = -1

/** Returns the word that represents the action. */
export function storeAction(action: Target | undefined): number {
  if (action === undefined) return noAction
  return isTarget(action) ? storeText(nameOfTarget(action)) : unknownAction
}

/** Returns undefined when there is no action. */
export const loadAction = (word: number): Target | undefined =>
  word > noAction ? targetNamed(loadText(word)) : undefined

export function freeAction(word: number): void {
  if (word > noAction) free(word)
}

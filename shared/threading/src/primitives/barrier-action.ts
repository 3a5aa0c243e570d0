import { words } from '../core/memory.ts'
import { isTarget, nameOfTarget, type Target, targetNamed } from '../core/targets.ts'
import { claimBlock, free, giveBlock } from '../heap/heap.ts'
import { loadText, storeText } from '../heap/heap-text.ts'

/** The action of a barrier in shared memory: the address of its name, so that any thread can run it. */

const noAction = 0
/** The action is a function that only the thread that made the barrier knows. */
export const unknownAction = -1

/** Writes what represents the action into the word at `index`. */
export function writeAction(index: number, action: Target | undefined): void {
  if (action === undefined) words[index] = noAction
  else if (!isTarget(action)) words[index] = unknownAction
  else {
    const address = storeText(nameOfTarget(action))
    words[index] = address
    giveBlock(address)
  }
}

/** Returns undefined when there is no action. */
export const loadAction = (word: number): Target | undefined =>
  word > noAction ? targetNamed(loadText(word)) : undefined

export function freeAction(index: number): void {
  const address = words[index]!
  if (address <= noAction) return
  claimBlock(address)
  words[index] = noAction
  free(address)
}

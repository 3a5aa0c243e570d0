import type { Input } from '../../shared/player/messages.ts'
import { send } from './actions.ts'

/** Chunks of stored tracks that `input` has not taken yet. More would fill the memory that the threads share. */
const maxPendingChunks = 3

let pendingChunks = 0
let waiting: Input[] = []

/**
 * Sends an input about the library, or one that needs the tracks that were sent before. The host reads stored tracks faster
 * than `input` takes them, so a chunk waits here, and all later inputs wait behind it.
 */
export function sendInSequence(input: Input): void {
  if (input.kind === 'libraryCleared') waiting = []
  waiting.push(input)
  sendWaiting()
}

/** `input` has taken a chunk. */
export function markChunkTaken(): void {
  // A chunk of the queue can outlive the thread for which it was counted.
  pendingChunks = Math.max(0, pendingChunks - 1)
  sendWaiting()
}

/** The input thread is a new one: its predecessor may have died with a chunk that it does not report any more. */
export function forgetPendingChunks(): void {
  pendingChunks = 0
  sendWaiting()
}

function sendWaiting(): void {
  let sent = 0
  for (const input of waiting) {
    if (input.kind === 'storedTracks') {
      if (pendingChunks >= maxPendingChunks) break
      pendingChunks++
    }
    send(input)
    sent++
  }
  waiting.splice(0, sent)
}

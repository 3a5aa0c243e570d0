import { StreamError, type StreamFailure } from '../../shared/sound/stream-error.ts'

/** Returns why a song failed. An error that no stream has thrown is a fault of the program: it is logged too. */
export function failureReasonOf(error: unknown): StreamFailure {
  if (error instanceof StreamError) return error.reason
  console.error(error)
  return 'fileDamaged'
}

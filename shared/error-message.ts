/** Returns the message of anything that was thrown. An error from a frame is not an instance of this realm's `Error`. */
export const errorMessage = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
    ? error.message
    : String(error)

/** Returns the first sentence of a message: Node's own ones go on with advice on how to write arguments. */
export function firstSentence(message: string): string {
  return `${message.split(/\.(?:\s|$)/)[0]}.`
}

import * as v from 'valibot'
import { UserError } from '../library/library.ts'

/** What to tell the user of an error in the host, in one sentence. */
export function userMessage(error: unknown): string {
  if (error instanceof UserError) return error.message
  if (v.isValiError(error)) return 'The page asked for something that its host does not know: load it again.'
  return `Something in Skein's host failed (${error instanceof Error ? error.message : String(error)}): try again.`
}

import * as v from 'valibot'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'
import { UserError } from '../platform/user-error.ts'

/** Returns what the user reads about an error in the host, in one sentence. */
export function userMessage(error: unknown): string {
  if (error instanceof UserError) return error.message
  if (v.isValiError(error)) return m.host_page_out_of_date()
  return m.host_failed({ error: isolate(error instanceof Error ? error.message : String(error)) })
}

import { m } from '../../../shared/i18n/messages.js'
import { isolate } from '../../../shared/isolate-text.ts'
import { currentLocale } from '../../../shared/locale.ts'
import type { DatabaseState, Repair } from './file/database-state.ts'
import { problemOf } from './file/problem-of.ts'

/** Returns one sentence about how a damaged file was replaced. */
export function describeRepair({ keptAs, backup }: Repair): string {
  const file = isolate(keptAs)
  if (backup === undefined) return m.host_database_rebuilt({ file })
  const date = new Date(`${backup}T12:00:00`).toLocaleDateString(currentLocale(), { dateStyle: 'long' })
  return m.host_database_restored({ date, file })
}

/** Returns one sentence about a database that lasts until the end of the process. */
export function describeState(state: Exclude<DatabaseState, { kind: 'file' }>): string {
  const problem = state.reason
  return state.kind === 'copy' ? m.host_database_copied({ problem }) : m.host_database_in_memory({ problem })
}

/** Returns one sentence for the error of a request; undefined if the user can do nothing about it. */
export function describeProblem(code: string | undefined): string | undefined {
  if (code === undefined) return undefined
  const problem = problemOf(code)
  const isDisk = code.startsWith('SQLITE_IOERR')
  return problem === code && !isDisk ? undefined : m.host_database_unsaved({ problem })
}

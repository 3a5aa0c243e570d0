import type { WriteProblem } from '../../../storage/data-folder.ts'

/** Returns why a statement failed, from SQLite's code. */
export function problemOf(code: string): WriteProblem {
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code)) return 'busy'
  if (/^SQLITE_(?:READONLY|CANTOPEN|PERM|AUTH)/.test(code)) return 'forbidden'
  // The index of the journal is a file, too.
  return code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE' ? 'noSpace' : code
}

import { closeSync, copyFileSync, existsSync, openSync, renameSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { removeIfPossible } from '../../../platform/remove-if-possible.ts'
import { migrate } from '../migrations/migration.ts'
import type { SqliteDatabase } from '../sqlite/sqlite.ts'
import { findReadableBackup, syncFile } from './backups.ts'
import { openChecked } from './connection.ts'
import type { Repair } from './database-state.ts'
import { rescue } from './rescue.ts'

/**
 * Replaces a damaged file by the newest readable backup, or by a new one, and adds what is readable of the damaged one.
 * The damaged file is kept. A process that ends meanwhile leaves the damaged file in its place, or `finishRepair` takes
 * over. No connection to the file may be in use.
 */
export function repair(path: string): Repair {
  const replacement = replacementOf(path)
  removeWithJournals(replacement)
  const backup = findReadableBackup(dirname(path))
  if (backup === undefined) closeSync(openSync(replacement, 'w', 0o600))
  else copyFileSync(backup.path, replacement)
  const database = openChecked(replacement)
  try {
    migrate(database)
    rescueInto(database, path)
  } finally {
    database.close()
  }
  syncFile(replacement)
  const keptAs = findFreeName(path)
  moveWithJournals(path, keptAs)
  renameSync(replacement, path)
  return { keptAs: basename(keptAs), backup: backup?.day }
}

/** Finishes a repair that the end of its process has interrupted when the damaged file was set aside. */
export function finishRepair(path: string): void {
  const replacement = replacementOf(path)
  if (!existsSync(replacement)) return
  if (existsSync(path)) removeWithJournals(replacement)
  else renameSync(replacement, path)
}

const replacementOf = (path: string): string => `${path}.repaired`

function rescueInto(database: SqliteDatabase, path: string): void {
  let damaged: SqliteDatabase | undefined
  try {
    damaged = openChecked(path)
    rescue(damaged, database)
  } catch {
    // Nothing of it can be read.
  } finally {
    damaged?.close()
  }
}

function findFreeName(path: string): string {
  const day = new Date().toISOString().slice(0, 10)
  const stem = path.replace(/\.db$/, '')
  for (let number = 1; ; number++) {
    const name = `${stem}.damaged-${day}${number === 1 ? '' : `-${number}`}.db`
    if (!existsSync(name)) return name
  }
}

function moveWithJournals(from: string, to: string): void {
  // The journal first: with it, SQLite would change the new file.
  for (const suffix of ['-wal', '']) if (existsSync(from + suffix)) renameSync(from + suffix, to + suffix)
  removeIfPossible(`${from}-shm`)
}

function removeWithJournals(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) removeIfPossible(path + suffix)
}

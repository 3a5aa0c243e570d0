import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { errorCode } from '../../../platform/node-errors.ts'
import { writeProblemOf } from '../../../storage/data-folder.ts'
import { DatabaseError, type SqliteDatabase } from '../sqlite/sqlite.ts'
import { listBackups } from './backups.ts'
import { isDamage, newerCode, openFile, openInMemory } from './connection.ts'
import type { DatabaseState, Repair, UnusableReason } from './database-state.ts'
import { problemOf } from './problem-of.ts'
import { finishRepair, repair } from './repair.ts'

export interface OpenedDatabase {
  readonly database: SqliteDatabase
  readonly state: DatabaseState
  /** If the file was damaged. */
  readonly repair: Repair | undefined
  /** Removes a copy. Call it after the database was closed. */
  readonly dispose: () => void
}

/**
 * Opens the library's file. A damaged one is set aside and replaced. If the file cannot be written, it opens a copy of it,
 * and if that is not possible either, a database in memory.
 */
export function openDatabase(path: string): OpenedDatabase {
  return openWith(path, () => {
    finishRepair(path)
    return openOrRepair(path)
  })
}

/** Repairs a file in which damage was found, and opens it. No connection to it may be in use. */
export function repairDatabase(path: string): OpenedDatabase {
  return openWith(path, () => openRepaired(path))
}

function openWith(path: string, open: () => OpenedDatabase): OpenedDatabase {
  try {
    return open()
  } catch (error) {
    const reason = reasonOf(error)
    return (reason === newerCode ? undefined : openCopy(path, reason)) ?? openEmpty(reason)
  }
}

function openOrRepair(path: string): OpenedDatabase {
  try {
    // A power failure can leave an empty file, which SQLite takes for a new database.
    if (isEmpty(path) && listBackups(dirname(path)).length > 0)
      throw new DatabaseError('SQLITE_CORRUPT', 'the file is empty')
    return { database: openFile(path), state: { kind: 'file' }, repair: undefined, dispose: () => {} }
  } catch (error) {
    if (!isDamage(error)) throw error
    return openRepaired(path)
  }
}

function openRepaired(path: string): OpenedDatabase {
  const done = repair(path)
  return { database: openFile(path), state: { kind: 'file' }, repair: done, dispose: () => {} }
}

function isEmpty(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.size === 0
}

/** Returns undefined if there is no file to copy, or the copy cannot be opened. */
function openCopy(path: string, reason: UnusableReason): OpenedDatabase | undefined {
  let folder: string | undefined
  const dispose = () => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  }
  try {
    if (!existsSync(path) || statSync(path).isDirectory()) return undefined
    folder = mkdtempSync(join(tmpdir(), 'skein-library-'))
    const copy = join(folder, 'library.db')
    for (const suffix of ['', '-wal'])
      if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix)
    return { database: openFile(copy), state: { kind: 'copy', reason }, repair: undefined, dispose }
  } catch {
    dispose()
    return undefined
  }
}

function openEmpty(reason: UnusableReason): OpenedDatabase {
  return { database: openInMemory(), state: { kind: 'memory', reason }, repair: undefined, dispose: () => {} }
}

function reasonOf(error: unknown): UnusableReason {
  if (errorCode(error) === undefined) return String(error)
  if (!(error instanceof DatabaseError)) return writeProblemOf(error)
  return problemOf(error.code)
}

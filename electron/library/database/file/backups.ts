import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { isProcessRunning } from '../../../platform/process-running.ts'
import { removeIfPossible } from '../../../platform/remove-if-possible.ts'
import type { SqliteDatabase } from '../sqlite/sqlite.ts'
import { isDamage, isIntact, openChecked } from './connection.ts'

const maxBackups = 3
const backupName = /^library-(\d{4}-\d{2}-\d{2})\.db$/
/** With the number of the process that makes it. */
const unfinishedName = /^library-\d{4}-\d{2}-\d{2}\.db\.(\d+)\.new$/

export interface Backup {
  /** The day on which it was made, as in `2026-11-27`. */
  readonly day: string
  readonly path: string
}

const backupFolder = (dataFolder: string): string => join(dataFolder, 'backups')

/** Returns the backups, the newest first. */
export function listBackups(dataFolder: string): readonly Backup[] {
  const folder = backupFolder(dataFolder)
  const backups = namesIn(folder).flatMap((name) => {
    const [, day] = backupName.exec(name) ?? []
    return day === undefined ? [] : [{ day, path: join(folder, name) }]
  })
  return backups.toSorted((one, other) => (one.day < other.day ? 1 : -1))
}

/** Returns the newest backup without damage. */
export function findReadableBackup(dataFolder: string): Backup | undefined {
  return listBackups(dataFolder).find(({ path }) => isReadable(path))
}

/** Makes the backup of a day, and removes the oldest ones. It is complete as soon as it has its name. */
export function makeBackup(database: SqliteDatabase, dataFolder: string, day: string): void {
  const folder = backupFolder(dataFolder)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  removeUnfinished(folder)
  const path = join(folder, `library-${day}.db`)
  const unfinished = `${path}.${process.pid}.new`
  try {
    closeSync(openSync(unfinished, 'w', 0o600))
    database.run('VACUUM INTO ?', unfinished)
    syncFile(unfinished)
    renameSync(unfinished, path)
  } catch (error) {
    removeIfPossible(unfinished)
    throw error
  }
  for (const { path: old } of listBackups(dataFolder).slice(maxBackups)) removeIfPossible(old)
}

/** Removes what processes left that ended while they made a backup. */
function removeUnfinished(folder: string): void {
  for (const name of namesIn(folder)) {
    const pid = Number(unfinishedName.exec(name)?.[1])
    if (pid > 0 && !isProcessRunning(pid)) removeIfPossible(join(folder, name))
  }
}

/** Writes what the system still holds of a file to the disk. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function isReadable(path: string): boolean {
  let database: SqliteDatabase | undefined
  try {
    database = openChecked(path)
    return isIntact(database)
  } catch (error) {
    if (!isDamage(error)) throw error
    return false
  } finally {
    database?.close()
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

import { dirname } from 'node:path'
import type { SqliteDatabase } from '../sqlite/sqlite.ts'
import { listBackups, makeBackup } from './backups.ts'
import { isIntact } from './connection.ts'

/** Milliseconds without a query after which the check at start and the backup are done. */
const quietTime = 2000
/** Milliseconds between two checks of the date. */
const dateInterval = 60 * 60 * 1000

export type MaintenanceResult = 'done' | 'damaged'

/** What the thread does when it has no queries: an integrity check after the start, and a backup every day. */
export class Maintenance {
  readonly #database: SqliteDatabase
  readonly #path: string
  #isChecked = false
  #lastBackup: string | undefined

  constructor(database: SqliteDatabase, path: string) {
    this.#database = database
    this.#path = path
    this.#lastBackup = listBackups(dirname(path))[0]?.day
  }

  /** Milliseconds without a query after which `run` is to be called. */
  get delay(): number {
    return this.#isChecked && this.#lastBackup === today() ? dateInterval : quietTime
  }

  /** Does one step. A backup that fails is tried again on the next day. */
  run(): MaintenanceResult {
    if (!this.#isChecked) {
      this.#isChecked = true
      return isIntact(this.#database) ? 'done' : 'damaged'
    }
    const day = today()
    if (this.#lastBackup === day) return 'done'
    this.#lastBackup = day
    if (!isIntact(this.#database)) return 'damaged'
    if (hasContent(this.#database)) makeBackup(this.#database, dirname(this.#path), day)
    return 'done'
  }
}

const today = (): string => new Date().toISOString().slice(0, 10)

function hasContent(database: SqliteDatabase): boolean {
  const row = database.get<{ has: number }>(
    'SELECT EXISTS (SELECT 1 FROM track) OR EXISTS (SELECT 1 FROM playlist) AS has',
  )
  return row?.has === 1
}

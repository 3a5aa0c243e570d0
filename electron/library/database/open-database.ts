import type { DatabaseState } from './database-messages.ts'
import { migrate, readVersion, schemaVersion } from './migrations/migration.ts'
import { DatabaseError, SqliteDatabase } from './sqlite/sqlite.ts'

export interface OpenedDatabase {
  readonly database: SqliteDatabase
  readonly state: DatabaseState
}

/** Milliseconds that a statement waits for another process that writes. */
const busyTimeout = 2000

/** Opens the library's file. If it cannot be used, it opens a database in memory. */
export function openDatabase(path: string): OpenedDatabase {
  try {
    return { database: openFile(path), state: { kind: 'file' } }
  } catch (error) {
    const reason = error instanceof DatabaseError ? error.code : String(error)
    return { database: openInMemory(), state: { kind: 'memory', reason } }
  }
}

export function openInMemory(): SqliteDatabase {
  const database = new SqliteDatabase(':memory:')
  migrate(database)
  return database
}

function openFile(path: string): SqliteDatabase {
  const database = new SqliteDatabase(path)
  try {
    database.execute(`PRAGMA busy_timeout = ${busyTimeout}`)
    if (readVersion(database) > schemaVersion)
      throw new DatabaseError('newer', 'a newer Skein has changed the database')
    database.execute('PRAGMA journal_mode = WAL')
    // With WAL, a power failure loses at most the last transactions, and damages nothing.
    database.execute('PRAGMA synchronous = NORMAL')
    migrate(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

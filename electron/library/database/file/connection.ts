import { isUtf8 } from 'node:buffer'
import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { migrate, readVersion, schemaVersion } from '../migrations/migration.ts'
import { hasReadableTags } from '../requests/stored-tracks.ts'
import { DatabaseError, SqliteDatabase } from '../sqlite/sqlite.ts'

/** Milliseconds that a statement waits for another process that writes. */
const busyTimeout = 2000

/** Pages of 4 KiB in the write-ahead log, after which they are copied to the file. */
const checkpointPages = 4000

/** The code of an error for a file with a version that this Skein does not know. */
export const newerCode = 'newer'

export function openInMemory(): SqliteDatabase {
  const database = new SqliteDatabase(':memory:')
  migrate(database)
  return database
}

/** Opens or creates the library's file for writing. Throws a DatabaseError. */
export function openFile(path: string): SqliteDatabase {
  createFile(path)
  const database = openChecked(path)
  try {
    database.execute('PRAGMA journal_mode = WAL')
    // With WAL, a power failure loses at most the last transactions, and damages nothing.
    database.execute('PRAGMA synchronous = NORMAL')
    // A scan changes the same pages of the indexes again and again: each is copied to the file once for many transactions.
    database.execute(`PRAGMA wal_autocheckpoint = ${checkpointPages}`)
    migrate(database)
    if (readSchema(database) !== expectedSchema()) throw corruptError('the schema is changed')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Opens a file whose schema can be read and has a version that is known. Throws a DatabaseError. */
export function openChecked(path: string): SqliteDatabase {
  if (!hasValidHeader(path)) throw corruptError('the header is not valid')
  const database = new SqliteDatabase(path)
  try {
    database.execute(`PRAGMA busy_timeout = ${busyTimeout}`)
    checkSchema(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Other users of the computer cannot read the file, nor the ones that SQLite creates beside it. */
function createFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
  else if (statSync(path).isDirectory())
    throw new DatabaseError('fileInPlace', 'a folder has the name of the file')
}

const headerSize = 100

/**
 * Whether the file is empty or begins with the header of a database (https://sqlite.org/fileformat.html). SQLite reports
 * damage there as a missing permission or a wrong statement.
 */
function hasValidHeader(path: string): boolean {
  const header = Buffer.alloc(headerSize)
  const file = openSync(path, 'r')
  let length: number
  try {
    length = readSync(file, header, 0, headerSize, 0)
  } finally {
    closeSync(file)
  }
  if (length === 0) return true
  const [writeFormat, readFormat] = [header.readUInt8(18), header.readUInt8(19)]
  const [schemaFormat, textEncoding] = [header.readUInt32BE(44), header.readUInt32BE(56)]
  return (
    header.toString('latin1', 0, 16) === 'SQLite format 3\0' &&
    Math.max(writeFormat, readFormat) <= 2 &&
    schemaFormat <= 4 &&
    textEncoding <= 1
  )
}

/** The binding ends the process at names of tables and columns that are not valid UTF-8. */
function checkSchema(database: SqliteDatabase): void {
  const tables = database.all<{ text: string }>('SELECT hex(name || sql) AS text FROM sqlite_schema')
  if (!tables.every(({ text }) => isUtf8(Buffer.from(text, 'hex'))))
    throw corruptError('the schema is not valid')
  const version = readVersion(database)
  if (version > schemaVersion) throw new DatabaseError(newerCode, 'a newer Skein has changed the database')
  if (version === 0 && tables.length > 0) throw corruptError('the version is lost')
}

/** Returns the statements that made the tables and indexes. */
function readSchema(database: SqliteDatabase): string {
  const rows = database.all<{ sql: string }>(
    "SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name",
  )
  return rows.map(({ sql }) => sql).join(';\n')
}

function expectedSchema(): string {
  const database = openInMemory()
  try {
    return readSchema(database)
  } finally {
    database.close()
  }
}

const corruptError = (message: string): DatabaseError => new DatabaseError('SQLITE_CORRUPT', message)

/** Whether an error shows that the file is damaged. */
export function isDamage(error: unknown): boolean {
  return error instanceof DatabaseError && /^SQLITE_(?:CORRUPT|NOTADB)/.test(error.code)
}

/** Whether the file has no damage that SQLite finds, and every track's tags can be read. */
export function isIntact(database: SqliteDatabase): boolean {
  try {
    if (readVersion(database) === schemaVersion && readSchema(database) !== expectedSchema()) return false
    const problems = database.all<{ integrity_check: string }>('SELECT * FROM pragma_integrity_check(1)')
    const invalid = database.get<{ count: number }>(
      `SELECT count(*) AS count FROM track WHERE NOT ${hasReadableTags}`,
    )
    return problems[0]?.integrity_check === 'ok' && invalid?.count === 0
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  }
}

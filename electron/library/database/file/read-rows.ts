import { DatabaseError, type SqliteDatabase, type SqliteRow } from '../sqlite/sqlite.ts'

export interface RowSource {
  readonly table: string
  /** An integer column by which SQLite finds rows; `id` by default. */
  readonly key?: string
  readonly where?: string
}

/** Rows that are read at once, where nothing is damaged. */
const blockSize = 512
/** Failed reads of a table after which the rest is given up. */
const maxFailures = 5000
/** The range of keys that is tried if the highest one cannot be read. */
const assumedMaxKey = 1_000_000

/**
 * Reads the rows of a table that may be damaged: in blocks, and where that fails, in halves of it. Returns whether all
 * rows were read.
 */
export function readRows(
  database: SqliteDatabase,
  { table, key = 'id', where = 'true' }: RowSource,
  onRow: (row: SqliteRow) => void,
): boolean {
  let failures = 0
  let isMissing = false
  const tryRead = <Result>(read: () => Result): Result | undefined => {
    try {
      return read()
    } catch (error) {
      // The table does not exist, or has other columns.
      isMissing ||= error instanceof DatabaseError && error.code === 'SQLITE_ERROR'
      failures++
      return undefined
    }
  }
  const readRange = (from: number, to: number): void => {
    if (isMissing || failures > maxFailures) return
    const sql = `SELECT * FROM ${table} WHERE ${where} AND ${key} BETWEEN ? AND ?`
    const rows = tryRead(() => database.all(sql, from, to))
    for (const row of rows ?? []) onRow(row)
    if (rows !== undefined || from === to) return
    const middle = Math.floor((from + to) / 2)
    readRange(from, middle)
    readRange(middle + 1, to)
  }
  const max = tryRead(() => maxKey(database, `SELECT max(${key}) AS max FROM ${table} WHERE ${where}`))
  for (let from = 0; from <= (max ?? assumedMaxKey); from += blockSize) readRange(from, from + blockSize - 1)
  return failures === 0
}

function maxKey(database: SqliteDatabase, sql: string): number {
  const max = Number(database.get<{ max: number | null }>(sql)?.max ?? 0)
  return Number.isSafeInteger(max) ? Math.min(max, 2 * assumedMaxKey) : assumedMaxKey
}

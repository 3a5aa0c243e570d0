import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import Libsql from 'libsql'
import { decodeText, encodeText } from './sqlite-text.ts'

/** What a column or a parameter may contain. Text may have NUL characters and lone surrogates. */
export type SqliteValue = string | number | bigint | Buffer | null
/** A row as it is read. All data of the library is text or numbers: a BLOB is read as text. */
export type SqliteRow = Readonly<Record<string, string | number | null>>

export interface Statement {
  /** Runs a statement that returns no rows. */
  run(...values: readonly SqliteValue[]): RunResult
  /** Returns all rows. */
  all<Row = SqliteRow>(...values: readonly SqliteValue[]): Row[]
  /** Returns the first row; undefined if there is none. */
  get<Row = SqliteRow>(...values: readonly SqliteValue[]): Row | undefined
}

export interface RunResult {
  /** Rows that were inserted, changed or deleted. */
  readonly changes: number
  readonly lastId: number
}

/** What a request's function gets. */
export interface Database {
  /** Returns the statement, which is compiled once. */
  prepare(sql: string): Statement
  run(sql: string, ...values: readonly SqliteValue[]): RunResult
  all<Row = SqliteRow>(sql: string, ...values: readonly SqliteValue[]): Row[]
  get<Row = SqliteRow>(sql: string, ...values: readonly SqliteValue[]): Row | undefined
  /** Runs `work` in a transaction, which is undone if it throws. Inside another one, it is part of that. */
  transaction<Result>(work: () => Result): Result
}

/** An error of SQLite, with its extended code, such as `SQLITE_BUSY`. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Statements that are kept compiled. All SQL is fixed text, so there are not many. */
const maxStatements = 200

/**
 * A connection. This is the only module that imports the binding, which ends the whole process at a value of a type that
 * it does not know, and at a text that is not valid UTF-8, as a damaged file may contain. So values are checked before
 * they are bound, and text is read as bytes.
 */
export class SqliteDatabase implements Database {
  readonly #connection: Libsql.Database
  readonly #statements = new Map<string, CompiledStatement>()
  #isOpen = true
  #isInTransaction = false

  /** Opens or creates a file; `:memory:` is a database in memory. */
  constructor(path: string) {
    this.#connection = callBinding(() => new Libsql(checkedPath(path)))
  }

  prepare(sql: string): Statement {
    const compiled = this.#statements.get(sql)
    if (compiled !== undefined) return compiled
    this.#checkOpen()
    if (this.#statements.size >= maxStatements) this.#statements.clear()
    const statement = new CompiledStatement(this.#connection, sql, () => this.#checkOpen())
    this.#statements.set(sql, statement)
    return statement
  }

  run(sql: string, ...values: readonly SqliteValue[]): RunResult {
    return this.prepare(sql).run(...values)
  }

  all<Row = SqliteRow>(sql: string, ...values: readonly SqliteValue[]): Row[] {
    return this.prepare(sql).all<Row>(...values)
  }

  get<Row = SqliteRow>(sql: string, ...values: readonly SqliteValue[]): Row | undefined {
    return this.prepare(sql).get<Row>(...values)
  }

  /** Runs any number of statements without parameters. */
  execute(sql: string): void {
    this.#checkOpen()
    callBinding(() => this.#connection.exec(sql))
  }

  transaction<Result>(work: () => Result): Result {
    if (this.#isInTransaction) return work()
    // Immediate: a transaction that begins to write later can fail because another connection writes.
    this.execute('BEGIN IMMEDIATE')
    this.#isInTransaction = true
    try {
      const result = work()
      this.execute('COMMIT')
      return result
    } catch (error) {
      // A full disk, for example, has ended the transaction already.
      if (this.#isOpen && this.#connection.inTransaction) this.execute('ROLLBACK')
      throw error
    } finally {
      this.#isInTransaction = false
    }
  }

  /** A second call does nothing. */
  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#statements.clear()
    callBinding(() => this.#connection.close())
  }

  #checkOpen(): void {
    if (!this.#isOpen) throw new DatabaseError('SQLITE_MISUSE', 'the database is closed')
  }
}

class CompiledStatement implements Statement {
  readonly #statement: Libsql.Statement
  readonly #parameterCount: number
  readonly #checkOpen: () => void

  constructor(connection: Libsql.Database, sql: string, checkOpen: () => void) {
    this.#statement = callBinding(() => compile(connection, sql))
    this.#parameterCount = countParameters(sql)
    this.#checkOpen = checkOpen
  }

  run(...values: readonly SqliteValue[]): RunResult {
    const bound = this.#bind(values)
    const { changes, lastInsertRowid } = callBinding(() => this.#statement.run(bound))
    return { changes, lastId: Number(lastInsertRowid) }
  }

  all<Row = SqliteRow>(...values: readonly SqliteValue[]): Row[] {
    const bound = this.#bind(values)
    const rows = callBinding(() => this.#statement.all(bound)) as Record<string, unknown>[]
    for (const row of rows)
      for (const name in row) {
        const value = row[name]
        if (value instanceof ArrayBuffer) row[name] = decodeText(value)
      }
    return rows as Row[]
  }

  get<Row = SqliteRow>(...values: readonly SqliteValue[]): Row | undefined {
    // Reads all rows: a statement that stops at one keeps its transaction open.
    return this.all<Row>(...values)[0]
  }

  #bind(values: readonly SqliteValue[]): unknown[] {
    this.#checkOpen()
    // The binding treats a missing value as NULL, and ignores one too many.
    if (values.length !== this.#parameterCount)
      throw new TypeError(`the statement has ${this.#parameterCount} parameters, not ${values.length}`)
    return values.map(toBinding)
  }
}

function compile(connection: Libsql.Database, sql: string): Libsql.Statement {
  const statement = connection.prepare(sql)
  if (!/^\s*(?:SELECT|WITH)\b/i.test(sql)) return statement
  const columns = statement.columns().map(({ name }) => `"${name.replaceAll('"', '""')}"`)
  const asBytes = columns.map(
    (name) => `CASE typeof(${name}) WHEN 'text' THEN CAST(${name} AS BLOB) ELSE ${name} END AS ${name}`,
  )
  return connection.prepare(`SELECT ${asBytes.join(', ')} FROM (${sql})`)
}

const minInteger = -(2n ** 63n)
const maxInteger = 2n ** 63n - 1n

/** Returns the value as the binding accepts it. Throws TypeError for one that would end the process or be changed. */
function toBinding(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return encodeText(value)
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} cannot be stored`)
      // The binding would store an integer as a floating-point number.
      return Number.isSafeInteger(value) ? BigInt(value) : value
    case 'bigint':
      if (value < minInteger || value > maxInteger) throw new TypeError(`${value} does not fit 64 bits`)
      return value
    default:
      if (value === null || Buffer.isBuffer(value)) return value
      throw new TypeError(`a value of type ${typeof value} cannot be stored`)
  }
}

/** Counts the question marks outside of texts, names and comments. Named and numbered parameters are not used. */
function countParameters(sql: string): number {
  return sql.replaceAll(/'[^']*'|"[^"]*"|--[^\n]*/g, '').split('?').length - 1
}

/** The binding passes paths as UTF-8 without NUL. */
function checkedPath(path: string): string {
  if (!path.isWellFormed() || path.includes('\0'))
    throw new DatabaseError('SQLITE_CANTOPEN', 'the path of the database is not valid UTF-8')
  return path
}

function callBinding<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof Error)
      throw new DatabaseError('code' in error ? String(error.code) : 'SQLITE_ERROR', error.message)
    throw error
  }
}

/**
 * The binding closes a file when the statements of its closed connection were collected as garbage. Windows cannot rename
 * the file before.
 */
export async function releaseClosedFiles(): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  for (let count = 0; count < 2; count++) {
    if (typeof collect === 'function') collect()
    // Finalizers run in the event loop.
    await setImmediate()
  }
}

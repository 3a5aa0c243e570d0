import type { Query, Reply } from './database-messages.ts'
import { isDamage } from './file/connection.ts'
import { Maintenance } from './file/maintenance.ts'
import { type OpenedDatabase, openDatabase, repairDatabase } from './file/open-database.ts'
import { databaseRequests } from './requests/database-requests.ts'
import { DatabaseError, releaseClosedFiles, type SqliteDatabase } from './sqlite/sqlite.ts'

type Request = Extract<Query, { kind: 'request' }>

/** The library's database as its thread uses it. `reply` receives what is not the result of a request. */
export class LibraryDatabase {
  readonly #path: string
  readonly #reply: (reply: Reply) => void
  #opened: OpenedDatabase
  #maintenance: Maintenance | undefined

  constructor(path: string, reply: (reply: Reply) => void) {
    this.#path = path
    this.#reply = reply
    this.#opened = openDatabase(path)
    this.#begin()
  }

  /** Milliseconds without a query after which `maintain` is to be called; undefined for never. */
  get maintenanceDelay(): number | undefined {
    return this.#maintenance?.delay
  }

  async execute(request: Request): Promise<Reply> {
    try {
      return { kind: 'result', number: request.number, value: this.#run(request) }
    } catch (error) {
      // Once: a database in memory cannot be repaired.
      if (isDamage(error) && (await this.#repair())) return this.#attempt(request)
      return errorReply(request, error)
    }
  }

  /** Checks the file, or makes a backup. */
  async maintain(): Promise<void> {
    try {
      if (this.#maintenance?.run() === 'damaged') await this.#repair()
    } catch (error) {
      this.#reply({ kind: 'log', text: `the backup failed: ${String(error)}` })
    }
  }

  close(): void {
    this.#opened.database.close()
    this.#opened.dispose()
  }

  #begin(): void {
    const { database, state, repair } = this.#opened
    this.#maintenance = state.kind === 'file' ? new Maintenance(database, this.#path) : undefined
    this.#reply({ kind: 'opened', state, repair })
  }

  #run({ name, args }: Request): unknown {
    // The client has checked that the arguments belong to the request.
    const run = databaseRequests[name] as (database: SqliteDatabase, ...given: readonly unknown[]) => unknown
    return run(this.#opened.database, ...args)
  }

  #attempt(request: Request): Reply {
    try {
      return { kind: 'result', number: request.number, value: this.#run(request) }
    } catch (error) {
      return errorReply(request, error)
    }
  }

  /** Returns false if this database has no file, or was repaired already. */
  async #repair(): Promise<boolean> {
    if (this.#maintenance === undefined || this.#opened.repair !== undefined) return false
    this.close()
    await releaseClosedFiles()
    this.#opened = repairDatabase(this.#path)
    this.#begin()
    return true
  }
}

function errorReply({ number }: Request, error: unknown): Reply {
  const code = error instanceof DatabaseError ? error.code : undefined
  const message = error instanceof Error ? error.message : String(error)
  return { kind: 'error', number, code, message }
}

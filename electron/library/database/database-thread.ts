import { defineTargets, type Queue, ShutDown } from '@skein/threading'
import type { Query, Reply } from './database-messages.ts'
import type { SqliteDatabase } from './sqlite/sqlite.ts'

/** The thread `database`: owns the library's file, and executes one query after the other. */
export async function database(queries: Queue<Query>, replies: Queue<Reply>, path: string): Promise<void> {
  // `main` imports this module for its target and must not load the binding.
  const { openDatabase } = await import('./open-database.ts')
  const execute = await makeExecutor()
  const opened = openDatabase(path)
  try {
    replies.put({ kind: 'opened', state: opened.state })
    for (let query = queries.get(); query.kind !== 'close'; query = queries.get())
      replies.put(execute(opened.database, query))
  } catch (error) {
    if (!(error instanceof ShutDown)) throw error
  } finally {
    opened.database.close()
  }
}

type Executor = (database: SqliteDatabase, query: Extract<Query, { kind: 'request' }>) => Reply

async function makeExecutor(): Promise<Executor> {
  const { databaseRequests } = await import('./requests/database-requests.ts')
  const { DatabaseError } = await import('./sqlite/sqlite.ts')
  return (opened, { number, name, args }) => {
    try {
      // The client has checked that the arguments belong to the request.
      const run = databaseRequests[name] as (database: SqliteDatabase, ...args: unknown[]) => unknown
      return { kind: 'result', number, value: run(opened, ...args) }
    } catch (error) {
      const code = error instanceof DatabaseError ? error.code : undefined
      const message = error instanceof Error ? error.message : String(error)
      return { kind: 'error', number, code, message }
    }
  }
}

defineTargets({ database })

import { defineTargets, Empty, type Queue, ShutDown } from '@skein/threading'
import type { Query, Reply } from './database-messages.ts'

/** The thread `database`: owns the library's file, and executes one query after the other. */
export async function database(queries: Queue<Query>, replies: Queue<Reply>, path: string): Promise<void> {
  // `main` imports this module for its target and must not load the binding.
  const { LibraryDatabase } = await import('./library-database.ts')
  const library = new LibraryDatabase(path, (reply) => replies.put(reply))
  try {
    for (;;) {
      const query = nextQuery(queries, library.maintenanceDelay)
      if (query?.kind === 'close') return
      if (query === undefined) await library.maintain()
      else replies.put(await library.execute(query))
    }
  } catch (error) {
    if (!(error instanceof ShutDown)) throw error
  } finally {
    library.close()
  }
}

/** Returns undefined if none comes in time. */
function nextQuery(queries: Queue<Query>, timeout: number | undefined): Query | undefined {
  try {
    return queries.get(true, timeout)
  } catch (error) {
    if (error instanceof Empty) return undefined
    throw error
  }
}

defineTargets({ database })

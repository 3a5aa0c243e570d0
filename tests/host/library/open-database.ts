import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { DatabaseClient } from '../../../electron/library/database/database-client.ts'
import { scratchFolder } from '../scratch.ts'

/** Opens a library's database for a test, which closes it at its end. The process of threads must have been started. */
export function openDatabase(path = join(scratchFolder(), 'library.db')): DatabaseClient {
  const database = new DatabaseClient({
    path,
    onFailure: (message) => {
      throw new Error(message)
    },
  })
  onTestFinished(async () => void (await database.close()))
  return database
}

import type { SqliteDatabase } from '../sqlite/sqlite.ts'
import { addAnalyses } from './add-analyses.ts'
import { createLibrary } from './create-library.ts'
import { indexIdentity } from './index-identity.ts'
import { indexTitles } from './index-titles.ts'

/** Changes the schema by one version, inside a transaction. A migration that was released never changes. */
export type Migration = (database: SqliteDatabase) => void

/** The migration at index n leads from version n to version n + 1. */
export const migrations: readonly Migration[] = [createLibrary, indexIdentity, addAnalyses, indexTitles]

/** The version of the schema that this Skein reads and writes. */
export const schemaVersion = migrations.length

export function readVersion(database: SqliteDatabase): number {
  const row = database.get<{ user_version: number }>('SELECT user_version FROM pragma_user_version')
  return row?.user_version ?? 0
}

/** Brings the database to the present version. A migration that fails leaves the version before it. */
export function migrate(database: SqliteDatabase): void {
  for (let version = readVersion(database); version < schemaVersion; version++)
    database.transaction(() => {
      migrations[version]?.(database)
      database.execute(`PRAGMA user_version = ${version + 1}`)
    })
}

import type { SqliteDatabase } from '../sqlite/sqlite.ts'

/** Version 4: tracks are found by their titles. */
export function indexTitles(database: SqliteDatabase): void {
  database.execute("CREATE INDEX track_by_title ON track (json_extract(tags, '$.title'))")
}

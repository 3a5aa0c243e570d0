import type { SqliteDatabase } from '../sqlite/sqlite.ts'

/** The title of a track in SQL; null if its tags are damaged, which must not keep the row from being changed. */
export const titleExpression = "CASE WHEN json_valid(tags) THEN json_extract(tags, '$.title') END"

/** Version 4: tracks are found by their titles. */
export function indexTitles(database: SqliteDatabase): void {
  database.execute(`CREATE INDEX track_by_title ON track (${titleExpression})`)
}

import type { SqliteDatabase } from '../sqlite/sqlite.ts'

/** Version 2: tracks are found by the number of their file, by their sound and by their cover. */
export function indexIdentity(database: SqliteDatabase): void {
  database.execute(`
    CREATE INDEX track_by_file_id ON track (file_id) WHERE file_id IS NOT NULL;
    CREATE INDEX track_by_audio_hash ON track (audio_hash) WHERE audio_hash IS NOT NULL;
    CREATE INDEX track_by_cover ON track (cover_id) WHERE cover_id IS NOT NULL;
  `)
}

import type { SqliteDatabase } from '../sqlite/sqlite.ts'

/** Version 3: what is found in the sound of tracks. Waveforms have their own table, because they are large. */
export function addAnalyses(database: SqliteDatabase): void {
  database.execute(`
    -- The version identifies the sound that was analysed. Without a peak, it could not be decoded.
    CREATE TABLE loudness (
      track_id INTEGER PRIMARY KEY,
      version TEXT NOT NULL,
      loudness REAL,
      peak REAL,
      histogram TEXT NOT NULL
    );
    CREATE TABLE waveform (
      track_id INTEGER PRIMARY KEY,
      waveform TEXT NOT NULL
    );
  `)
}

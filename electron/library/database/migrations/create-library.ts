import type { SqliteDatabase } from '../sqlite/sqlite.ts'

/** Version 1. Paths are those of `decodePath`, so that names of any bytes can be stored. Times are in milliseconds since 1970. */
export function createLibrary(database: SqliteDatabase): void {
  database.execute(`
    CREATE TABLE folder (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      path TEXT NOT NULL UNIQUE,
      is_open INTEGER NOT NULL DEFAULT 0,
      is_demo INTEGER NOT NULL DEFAULT 0,
      source TEXT NOT NULL DEFAULT 'folder',
      unavailable_since INTEGER
    );
    -- The path is relative to the folder.
    CREATE TABLE excluded_folder (
      folder_id INTEGER NOT NULL,
      path TEXT NOT NULL,
      PRIMARY KEY (folder_id, path)
    ) WITHOUT ROWID;
    CREATE TABLE directory (
      folder_id INTEGER NOT NULL,
      path TEXT NOT NULL,
      modified_ns TEXT NOT NULL,
      picture TEXT,
      PRIMARY KEY (folder_id, path)
    ) WITHOUT ROWID;
    CREATE TABLE cover (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      key TEXT NOT NULL UNIQUE
    );
    -- The path is relative to the folder; absolute for an external file, whose folder_id is NULL.
    CREATE TABLE track (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      folder_id INTEGER,
      path TEXT NOT NULL,
      size INTEGER NOT NULL,
      modified_ns TEXT NOT NULL,
      file_id TEXT,
      audio_hash TEXT,
      tags TEXT NOT NULL,
      cover_id INTEGER,
      cover_location TEXT,
      cover_path TEXT,
      added_at INTEGER NOT NULL,
      unavailable_since INTEGER,
      unavailable_reason TEXT,
      rating REAL,
      play_count INTEGER NOT NULL DEFAULT 0,
      last_played_at INTEGER
    );
    -- Two tracks may share a path if a file was replaced by another one: then only one of them is available.
    CREATE UNIQUE INDEX available_track_by_path ON track (ifnull(folder_id, 0), path)
      WHERE unavailable_since IS NULL;
    CREATE INDEX track_by_path ON track (folder_id, path);
    CREATE TABLE problem (
      folder_id INTEGER NOT NULL,
      path TEXT NOT NULL,
      size INTEGER NOT NULL,
      modified_ns TEXT NOT NULL,
      reason TEXT NOT NULL,
      PRIMARY KEY (folder_id, path)
    ) WITHOUT ROWID;
    -- The parent is a playlist of the kind 'folder'. The rules are those of a smart playlist, as JSON.
    CREATE TABLE playlist (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      parent_id INTEGER,
      position INTEGER NOT NULL,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      rules TEXT,
      created_at INTEGER NOT NULL,
      deleted_at INTEGER
    );
    -- The other columns describe an entry whose track is not known.
    CREATE TABLE playlist_entry (
      playlist_id INTEGER NOT NULL,
      position INTEGER NOT NULL,
      track_id INTEGER,
      location TEXT,
      title TEXT,
      artist TEXT,
      duration REAL,
      PRIMARY KEY (playlist_id, position)
    ) WITHOUT ROWID;
    CREATE INDEX playlist_entry_by_track ON playlist_entry (track_id) WHERE track_id IS NOT NULL;
  `)
}

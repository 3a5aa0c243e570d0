import { basename } from 'node:path'
import { noTags } from '../../../../shared/library/track.ts'
import type { SqliteDatabase, SqliteRow, SqliteValue } from '../sqlite/sqlite.ts'
import { readRows } from './read-rows.ts'

/**
 * Adds what is readable of a damaged database to another one: an empty one, or a backup. Of a track that the backup
 * contains, it takes only the history, because the next scan reads the file again.
 */
export function rescue(damaged: SqliteDatabase, target: SqliteDatabase): void {
  target.transaction(() => {
    rescueFolders(damaged, target)
    rescueTracks(damaged, target)
    rescuePlaylists(damaged, target)
    // The next scan must not skip folders whose tracks were lost.
    target.run('DELETE FROM directory')
    target.run('UPDATE playlist_entry SET track_id = NULL WHERE track_id NOT IN (SELECT id FROM track)')
    target.run('UPDATE track SET cover_id = NULL WHERE cover_id NOT IN (SELECT id FROM cover)')
    // An id that was lost is not given to another track.
    target.run('UPDATE sqlite_sequence SET seq = seq + 100000')
  })
}

function rescueFolders(damaged: SqliteDatabase, target: SqliteDatabase): void {
  readRows(damaged, { table: 'folder' }, (row) => {
    if (isId(row.id) && isName(row.path)) insert(target, 'folder', row)
  })
  for (const { id } of target.all<{ id: number }>('SELECT id FROM folder'))
    attempt(() => {
      const rows = damaged.all('SELECT * FROM excluded_folder WHERE folder_id = ?', id)
      for (const row of rows) if (isName(row.path)) insert(target, 'excluded_folder', row)
    })
}

function rescueTracks(damaged: SqliteDatabase, target: SqliteDatabase): void {
  readRows(damaged, { table: 'cover' }, (row) => {
    if (isId(row.id) && isName(row.key)) insert(target, 'cover', row)
  })
  readRows(damaged, { table: 'track' }, (row) => {
    if (!isId(row.id) || !hasValidHistory(row)) return
    const { changes } = target.run(
      `UPDATE track SET rating = ?, play_count = max(play_count, ?),
       last_played_at = max(ifnull(last_played_at, 0), ?) WHERE id = ? AND path = ?`,
      row.rating ?? null,
      row.play_count ?? 0,
      row.last_played_at ?? 0,
      row.id,
      row.path ?? null,
    )
    if (changes === 0 && isValidTrack(row)) insert(target, 'track', withReadableTags(row))
  })
  target.run('UPDATE track SET last_played_at = NULL WHERE last_played_at = 0')
}

/** A playlist whose entries are all readable replaces that of the backup. */
function rescuePlaylists(damaged: SqliteDatabase, target: SqliteDatabase): void {
  readRows(damaged, { table: 'playlist' }, (row) => {
    if (!isId(row.id) || typeof row.name !== 'string' || !isId(row.created_at)) return
    const isNew = target.get('SELECT id FROM playlist WHERE id = ?', row.id) === undefined
    const entries: SqliteRow[] = []
    const source = { table: 'playlist_entry', key: 'position', where: `playlist_id = ${row.id}` } as const
    const isComplete = readRows(damaged, source, (entry) => entries.push(entry))
    if (!isNew && !isComplete) return
    target.run('DELETE FROM playlist WHERE id = ?', row.id)
    target.run('DELETE FROM playlist_entry WHERE playlist_id = ?', row.id)
    insert(target, 'playlist', row)
    for (const entry of entries) insert(target, 'playlist_entry', entry)
  })
}

/** Does nothing if the target has such a row already, or does not accept it. */
function insert(target: SqliteDatabase, table: string, row: SqliteRow): void {
  const names = Object.keys(row)
  const values: SqliteValue[] = Object.values(row)
  const marks = names.map(() => '?').join(', ')
  attempt(() =>
    target.run(`INSERT OR IGNORE INTO ${table} (${names.join(', ')}) VALUES (${marks})`, ...values),
  )
}

function attempt(work: () => void): void {
  try {
    work()
  } catch {
    // This row is lost.
  }
}

type Value = string | number | null | undefined

const isId = (value: Value): value is number => Number.isSafeInteger(value) && Number(value) > 0
const isName = (value: Value): value is string => typeof value === 'string' && value !== ''
const isCount = (value: Value): boolean => Number.isSafeInteger(value) && Number(value) >= 0

function hasValidHistory({ rating, play_count, last_played_at }: SqliteRow): boolean {
  const isRating = rating === null || (typeof rating === 'number' && rating >= 0.5 && rating <= 5)
  return isRating && isCount(play_count) && (last_played_at === null || isCount(last_played_at))
}

function isValidTrack({ path, size, modified_ns, added_at }: SqliteRow): boolean {
  return isName(path) && isCount(size) && isName(modified_ns) && isCount(added_at)
}

/** A track whose tags are lost keeps its history. The next scan reads the file again, because its time differs. */
function withReadableTags(row: SqliteRow): SqliteRow {
  if (hasTitle(row.tags)) return row
  const title = basename(String(row.path))
  return { ...row, modified_ns: '0', tags: JSON.stringify({ ...noTags, title }) }
}

function hasTitle(text: Value): boolean {
  try {
    const value: unknown = JSON.parse(String(text))
    return typeof value === 'object' && value !== null && 'title' in value && typeof value.title === 'string'
  } catch {
    return false
  }
}

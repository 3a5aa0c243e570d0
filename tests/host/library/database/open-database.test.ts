import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { listBackups, makeBackup } from '../../../../electron/library/database/file/backups.ts'
import { openFile } from '../../../../electron/library/database/file/connection.ts'
import {
  type OpenedDatabase,
  openDatabase,
  repairDatabase,
} from '../../../../electron/library/database/file/open-database.ts'
import { schemaVersion } from '../../../../electron/library/database/migrations/migration.ts'
import { SqliteDatabase } from '../../../../electron/library/database/sqlite/sqlite.ts'
import { canForbidWriting, canMount, readOnlyFolder, scratchFolder, smallDisk } from '../../scratch.ts'
import { countRows, fillLibrary } from './sample-library.ts'

const count = 600

function libraryIn(folder = scratchFolder()): string {
  const path = join(folder, 'library.db')
  const database = openFile(path)
  fillLibrary(database, count)
  close(database)
  return path
}

/** Returns a library whose file no connection of this process has open. */
function copiedLibrary(folder = scratchFolder()): string {
  const path = join(folder, 'library.db')
  copyFileSync(libraryIn(), path)
  return path
}

/** The binding keeps a closed file, and so its journal, until the garbage collection: this writes it back. */
function close(database: SqliteDatabase): void {
  database.execute('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}

function open(path: string, opener = openDatabase): OpenedDatabase {
  const opened = opener(path)
  onTestFinished(() => {
    opened.database.close()
    opened.dispose()
  })
  return opened
}

/** Writes over pages of a file of 4 KiB each; the first one has index 0. */
function damagePages(path: string, pages: readonly number[]): void {
  const bytes = readFileSync(path)
  for (const page of pages) bytes.fill(0xa5, page * 4096 + (page === 0 ? 100 : 0), (page + 1) * 4096)
  writeFileSync(path, bytes)
}

describe('a file that cannot be used', () => {
  test('because a newer Skein has changed it is not touched', () => {
    const path = libraryIn()
    const database = openFile(path)
    database.execute(`PRAGMA user_version = ${schemaVersion + 1}`)
    close(database)
    const before = readFileSync(path)
    const { state, database: opened } = open(path)
    expect(state).toEqual({ kind: 'memory', reason: 'newer' })
    expect(countRows(opened, 'track')).toBe(0)
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  test('because a folder has its name leaves the folder', () => {
    const path = join(scratchFolder(), 'library.db')
    mkdirSync(join(path, 'inside'), { recursive: true })
    expect(open(path).state).toEqual({ kind: 'memory', reason: 'fileInPlace' })
    expect(readdirSync(path)).toEqual(['inside'])
  })

  test.runIf(canForbidWriting)('because its folder is read-only is shown from a copy', () => {
    const path = join(
      readOnlyFolder((folder) => void copiedLibrary(folder)),
      'library.db',
    )
    const { state, database } = open(path)
    expect(state).toEqual({ kind: 'copy', reason: 'forbidden' })
    expect(countRows(database, 'track')).toBe(count)
    database.run('UPDATE track SET rating = 1')
  })

  test.runIf(canMount)('because the disk is full is shown from a copy, with what is in its journal', () => {
    const source = libraryIn()
    const crashed = new SqliteDatabase(source)
    onTestFinished(() => crashed.close())
    crashed.execute('PRAGMA wal_autocheckpoint = 0; UPDATE track SET rating = 3 WHERE id = 5')
    const folder = smallDisk(2048)
    const path = join(folder, 'library.db')
    for (const suffix of ['', '-wal']) copyFileSync(source + suffix, path + suffix)
    writeUntilFull(folder)
    const { state, database } = open(path)
    expect(state).toEqual({ kind: 'copy', reason: 'noSpace' })
    expect(countRows(database, 'track WHERE rating = 4.5')).toBe(count / 5 - 1)
    expect(countRows(database, 'track WHERE rating = 3')).toBe(1)
  })

  test.runIf(canForbidWriting)('because it cannot be created becomes a database in memory', () => {
    const path = join(readOnlyFolder(), 'library.db')
    expect(open(path).state).toEqual({ kind: 'memory', reason: 'forbidden' })
  })

  test('because another program holds it is shown from a copy', () => {
    const path = copiedLibrary()
    const other = new SqliteDatabase(path)
    onTestFinished(() => other.close())
    other.execute('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE track SET rating = 1')
    const { state } = open(path)
    expect(state).toEqual({ kind: 'copy', reason: 'busy' })
    other.execute('ROLLBACK')
  })
})

function writeUntilFull(folder: string): void {
  try {
    for (let index = 0; ; index++) writeFileSync(join(folder, `fill ${index}`), Buffer.alloc(4096))
  } catch {
    // It is full.
  }
}

test.runIf(canMount)('a write on a full disk fails, and later ones work when there is space again', () => {
  const folder = smallDisk(4096)
  const path = libraryIn(folder)
  const { database, state } = open(path)
  expect(state).toEqual({ kind: 'file' })
  database.run('UPDATE track SET rating = 1 WHERE id = 1')
  writeUntilFull(folder)
  const rate = () =>
    database.transaction(() => database.run('UPDATE track SET rating = 3, tags = tags || tags'))
  expect(rate).toThrow(expect.objectContaining({ code: 'SQLITE_FULL' }))
  expect(countRows(database, 'track WHERE rating = 3')).toBe(0)
  for (const name of readdirSync(folder)) if (name.startsWith('fill')) writeFileSync(join(folder, name), '')
  database.transaction(() => database.run('UPDATE track SET rating = 3'))
  expect(countRows(database, 'track WHERE rating = 3')).toBe(count)
})

describe('two Skeins with one data folder', () => {
  test('read and write the same library, and wait for each other', () => {
    const path = libraryIn()
    const { database: one } = open(path)
    const { database: other } = open(path)
    one.transaction(() => one.run('UPDATE track SET rating = 2 WHERE id = 1'))
    expect(countRows(other, 'track WHERE id = 1 AND rating = 2')).toBe(1)
    other.transaction(() => other.run('UPDATE track SET rating = 3 WHERE id = 1'))
    expect(countRows(one, 'track WHERE id = 1 AND rating = 3')).toBe(1)
  })

  test('report that the other one writes for too long', () => {
    const path = libraryIn()
    const { database: one } = open(path)
    const { database: other } = open(path)
    one.transaction(() => {
      one.run('UPDATE track SET rating = 2 WHERE id = 1')
      const write = () => other.transaction(() => other.run('UPDATE track SET rating = 3 WHERE id = 1'))
      expect(write).toThrow(expect.objectContaining({ code: expect.stringMatching(/^SQLITE_BUSY/) }))
      expect(countRows(other, 'track WHERE id = 1')).toBe(1)
    })
    other.transaction(() => other.run('UPDATE track SET rating = 3 WHERE id = 1'))
  })
})

describe('a damaged file', () => {
  test('is replaced by the newest backup, with the newer history', () => {
    const path = libraryIn()
    const database = openFile(path)
    makeBackup(database, join(path, '..'), '2026-11-26')
    database.run('UPDATE track SET rating = 2, play_count = 9 WHERE id = 3')
    database.run("INSERT INTO playlist (position, kind, name, created_at) VALUES (1, 'list', 'New', 6)")
    close(database)
    damagePages(path, [40, 41])
    const { state, repair, database: opened } = open(path, repairDatabase)
    expect(state).toEqual({ kind: 'file' })
    expect(repair).toEqual({
      keptAs: expect.stringMatching(/^library\.damaged-\d{4}-\d{2}-\d{2}\.db$/),
      backup: '2026-11-26',
    })
    expect(countRows(opened, 'track')).toBe(count)
    expect(countRows(opened, 'track WHERE rating = 2 AND play_count = 9')).toBe(1)
    expect(opened.all('SELECT name FROM playlist')).toEqual([{ name: 'Mine' }, { name: 'New' }])
    expect(countRows(opened, 'playlist_entry')).toBe(count / 3)
    expect(existsSync(join(path, '..', repair?.keptAs ?? ''))).toBe(true)
  })

  test('without a backup is rebuilt from the rows that are readable', () => {
    const path = libraryIn()
    damagePages(path, [30])
    const { repair, database } = open(path, repairDatabase)
    expect(repair).toEqual({ keptAs: expect.any(String), backup: undefined })
    const tracks = countRows(database, 'track')
    // A page of 4 KiB has at most ten of these tracks.
    expect(tracks).toBeGreaterThanOrEqual(count - 10)
    expect(tracks).toBeLessThan(count)
    expect(countRows(database, 'track WHERE rating = 4.5')).toBeGreaterThanOrEqual(count / 5 - 2)
    expect(countRows(database, 'playlist_entry')).toBe(count / 3)
    expect(countRows(database, 'playlist_entry WHERE track_id NOT IN (SELECT id FROM track)')).toBe(0)
    expect(countRows(database, 'folder WHERE is_open = 1')).toBe(1)
    const { lastId } = database.run(
      "INSERT INTO track (path, size, modified_ns, tags, added_at) VALUES ('x', 1, '1', '{}', 1)",
    )
    expect(lastId).toBeGreaterThan(count)
  })

  test('keeps the history of a track whose tags are damaged, and lets the scan read it again', () => {
    const path = libraryIn()
    const database = openFile(path)
    database.run(`UPDATE track SET tags = '{"title":' WHERE id = 5`)
    close(database)
    const { database: repaired } = open(path, repairDatabase)
    const row = repaired.get<{ tags: string }>('SELECT * FROM track WHERE id = 5')
    expect(row).toMatchObject({ rating: 4.5, play_count: 7, modified_ns: '0' })
    expect(JSON.parse(row?.tags ?? '')).toMatchObject({ title: '4.flac', artists: [] })
  })

  test.each([
    ['a file that is no database', Buffer.from('This is no database, but a text. '.repeat(200))],
    ['an empty file', Buffer.alloc(0)],
    ['a file of zeros', Buffer.alloc(8192)],
  ])('%s is replaced by the backup at the start', (_name, bytes) => {
    const path = libraryIn()
    const database = openFile(path)
    makeBackup(database, join(path, '..'), '2026-11-26')
    close(database)
    writeFileSync(path, bytes)
    const { repair, database: opened } = open(path)
    expect(repair?.backup).toBe('2026-11-26')
    expect(countRows(opened, 'track WHERE rating = 4.5')).toBe(count / 5)
  })

  test('passes over a backup that is damaged itself', () => {
    const path = libraryIn()
    const folder = join(path, '..')
    const database = openFile(path)
    makeBackup(database, folder, '2026-11-25')
    makeBackup(database, folder, '2026-11-26')
    close(database)
    damagePages(join(folder, 'backups', 'library-2026-11-26.db'), [20, 21])
    writeFileSync(path, 'no database')
    expect(open(path).repair?.backup).toBe('2026-11-25')
  })

  test('whose repair was interrupted after it was set aside is replaced at the next start', () => {
    const path = libraryIn()
    copyFileSync(path, `${path}.repaired`)
    const { mode } = statSync(path)
    expect(mode & 0o777).toBe(0o600)
    // The process ended between the two renames.
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
    const { state, database } = open(path)
    expect(state).toEqual({ kind: 'file' })
    expect(countRows(database, 'track')).toBe(count)
    expect(existsSync(`${path}.repaired`)).toBe(false)
  })
})

test('three backups are kept, and unfinished ones removed', () => {
  const path = libraryIn()
  const folder = join(path, '..')
  const database = openFile(path)
  onTestFinished(() => database.close())
  mkdirSync(join(folder, 'backups'))
  // No process has the number 2^22: it is the limit.
  writeFileSync(join(folder, 'backups', 'library-2026-11-20.db.4194304.new'), 'cut')
  for (const day of ['2026-11-21', '2026-11-24', '2026-11-22', '2026-11-23'])
    makeBackup(database, folder, day)
  expect(listBackups(folder).map(({ day }) => day)).toEqual(['2026-11-24', '2026-11-23', '2026-11-22'])
  expect(readdirSync(join(folder, 'backups'))).toHaveLength(3)
})

test('a file whose tables have other columns is repaired', () => {
  const path = libraryIn()
  const database = openFile(path)
  database.execute('ALTER TABLE track RENAME COLUMN cover_location TO cover_locatio')
  close(database)
  const { repair, database: opened } = open(path)
  expect(repair).toEqual({ keptAs: expect.any(String), backup: undefined })
  expect(countRows(opened, 'folder')).toBe(1)
  expect(countRows(opened, 'playlist_entry')).toBe(count / 3)
})

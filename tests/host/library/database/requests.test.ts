import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { openInMemory } from '../../../../electron/library/database/file/connection.ts'
import { titleExpression } from '../../../../electron/library/database/migrations/index-titles.ts'
import {
  type IdentityKeys,
  identityRequests,
} from '../../../../electron/library/database/requests/identity-requests.ts'
import { folderRequests } from '../../../../electron/library/database/requests/stored-folders.ts'
import {
  newTrack,
  type ReadTrack,
  trackRequests,
} from '../../../../electron/library/database/requests/stored-tracks.ts'
import type {
  Database,
  SqliteDatabase,
  SqliteValue,
} from '../../../../electron/library/database/sqlite/sqlite.ts'

let database: SqliteDatabase
let folderId: number

beforeEach(() => {
  database = openInMemory()
  const opened = database
  onTestFinished(() => opened.close())
  folderId = folderRequests.addFolder(database, { path: '/music', isDemo: false })
  folderRequests.setOpenFolders(database, [folderId])
})

const readTrack = (path: string, change: Partial<ReadTrack> = {}): ReadTrack => ({
  id: undefined,
  folderId,
  path,
  size: 1000,
  modifiedNs: '1700000000123456789',
  fileId: `1:${path}`,
  audioHash: undefined,
  tags: JSON.stringify({ title: path, warnings: ['"\\\u0000\ud800'] }),
  cover: undefined,
  ...change,
})

const save = (...tracks: ReadTrack[]) => trackRequests.saveTracks(database, { tracks, now: 5 })
const readAll = () => JSON.parse(trackRequests.readTracks(database, { after: 0, limit: 100 }).text)

describe('folders', () => {
  test('keep their id when they are added again, and only the open ones are open', () => {
    const other = folderRequests.addFolder(database, { path: '/other', isDemo: true })
    expect(folderRequests.addFolder(database, { path: '/music', isDemo: false })).toBe(folderId)
    folderRequests.setOpenFolders(database, [other])
    folderRequests.setExcludedFolders(database, { folderId: other, paths: ['a', 'b/c'] })
    folderRequests.setFolderAvailability(database, { id: other, unavailableSince: 7 })
    expect(folderRequests.listFolders(database)).toEqual([
      {
        id: folderId,
        path: '/music',
        isOpen: false,
        isDemo: false,
        source: 'folder',
        unavailableSince: undefined,
        excluded: [],
      },
      {
        id: other,
        path: '/other',
        isOpen: true,
        isDemo: true,
        source: 'folder',
        unavailableSince: 7,
        excluded: ['a', 'b/c'],
      },
    ])
  })

  test('remember their directories and problems', () => {
    const directories = [
      { path: '', modifiedNs: '1', picture: undefined },
      { path: 'a', modifiedNs: '2', picture: 'cover.jpg' },
    ]
    folderRequests.saveDirectories(database, { folderId, directories })
    folderRequests.saveDirectories(database, {
      folderId,
      directories: [{ path: 'a', modifiedNs: '3', picture: undefined }],
    })
    folderRequests.deleteDirectories(database, { folderId, paths: [''] })
    expect(folderRequests.listDirectories(database, folderId)).toEqual([
      { path: 'a', modifiedNs: '3', picture: undefined },
    ])
    const problem = { path: 'x.mp3', size: 3, modifiedNs: '4', reason: 'It is empty.' }
    folderRequests.saveProblems(database, { folderId, problems: [problem, { ...problem, path: 'y.mp3' }] })
    folderRequests.deleteProblems(database, { folderId, paths: ['y.mp3'] })
    expect(folderRequests.listProblems(database, folderId)).toEqual([problem])
  })
})

describe('tracks', () => {
  test('are read in chunks as they were saved, with any path', () => {
    const paths = ['a/1.mp3', 'caf\udce9.flac', 'quote".ogg']
    const cover = { key: 'k', location: 'beside', path: 'a/cover.jpg' } as const
    const saved = save(...paths.map((path) => readTrack(path, { cover })))
    expect(saved.map(({ id }) => id)).toEqual([1, 2, 3])
    expect(new Set(saved.map((track) => track.cover)).size).toBe(1)
    const first = trackRequests.readTracks(database, { after: 0, limit: 2 })
    const second = trackRequests.readTracks(database, { after: first.last ?? 0, limit: 2 })
    const tracks = [...JSON.parse(first.text), ...JSON.parse(second.text)]
    expect(tracks).toEqual(
      paths.map((path, index) => ({
        id: index + 1,
        folderId,
        path,
        tags: { title: path, warnings: ['"\\\u0000\ud800'] },
        cover: saved[0]?.cover,
        addedAt: 5,
        rating: null,
        playCount: 0,
        lastPlayedAt: null,
        unavailable: null,
      })),
    )
    expect(trackRequests.readTracks(database, { after: second.last ?? 0, limit: 2 })).toEqual({
      text: '[]',
      last: undefined,
    })
    expect(JSON.parse(trackRequests.readTracksById(database, [3, 9, 1]))).toEqual([tracks[2], tracks[0]])
  })

  test('of folders that are not open are not read, and come back with them', () => {
    save(readTrack('a.mp3'))
    folderRequests.setOpenFolders(database, [])
    expect(readAll()).toEqual([])
    folderRequests.setOpenFolders(database, [folderId])
    expect(readAll()).toHaveLength(1)
  })

  test('that are read again keep their id, date and rating', () => {
    save(readTrack('a.mp3'))
    database.run('UPDATE track SET rating = 4.5, play_count = 3')
    const [again] = trackRequests.saveTracks(database, {
      tracks: [readTrack('a.mp3', { size: 2000 })],
      now: 99,
    })
    expect(again).toEqual({ id: 1, cover: undefined, addedAt: 5 })
    expect(readAll()).toMatchObject([{ id: 1, rating: 4.5, playCount: 3, addedAt: 5 }])
    expect(trackRequests.listFiles(database, folderId)).toMatchObject([{ size: 2000 }])
  })

  test('that exchange their paths keep their history', () => {
    const [a, b] = save(readTrack('a.mp3'), readTrack('b.mp3'))
    save(readTrack('b.mp3', { id: a?.id }), readTrack('a.mp3', { id: b?.id }))
    expect(trackRequests.listFiles(database, folderId)).toMatchObject([
      { id: a?.id, path: 'b.mp3', unavailable: undefined },
      { id: b?.id, path: 'a.mp3', unavailable: undefined },
    ])
  })

  test('whose file is replaced by another track are missing, and keep their history', () => {
    const [a, b] = save(readTrack('a.mp3'), readTrack('b.mp3'))
    database.run('UPDATE track SET rating = 2 WHERE id = ?', b?.id ?? 0)
    save(readTrack('b.mp3', { id: a?.id }))
    expect(readAll()).toMatchObject([
      { id: a?.id, path: 'b.mp3', unavailable: null },
      { id: b?.id, path: 'b.mp3', unavailable: 'fileMissing', rating: 2 },
    ])
    trackRequests.markAvailable(database, [b?.id ?? 0])
    expect(readAll()).toMatchObject([{ unavailable: null }, { unavailable: 'fileMissing' }])
  })

  test('that are missing keep the time since when, and return', () => {
    const [a] = save(readTrack('a.mp3'))
    const ids = [a?.id ?? 0]
    trackRequests.markUnavailable(database, { ids, reason: 'folderMissing', since: 10 })
    trackRequests.markUnavailable(database, { ids, reason: 'fileMissing', since: 20 })
    expect(trackRequests.listExpiredTracks(database, 11)).toEqual(ids)
    expect(trackRequests.listExpiredTracks(database, 10)).toEqual([])
    trackRequests.markAvailable(database, ids)
    expect(trackRequests.listExpiredTracks(database, 100)).toEqual([])
    expect(trackRequests.listFiles(database, folderId)).toMatchObject([{ unavailable: undefined }])
  })

  test('with a rating or in a playlist do not expire', () => {
    const ids = save(readTrack('a.mp3'), readTrack('b.mp3'), readTrack('c.mp3')).map(({ id }) => id)
    trackRequests.markUnavailable(database, { ids, reason: 'fileMissing', since: 10 })
    database.run('UPDATE track SET rating = 1 WHERE id = ?', ids[0] ?? 0)
    database.run('INSERT INTO playlist_entry (playlist_id, position, track_id) VALUES (1, 0, ?)', ids[1] ?? 0)
    expect(trackRequests.listExpiredTracks(database, 100)).toEqual([ids[2]])
  })

  test('that are deleted leave their entries in playlists', () => {
    const [a] = save(readTrack('a.mp3'))
    database.run(
      "INSERT INTO playlist_entry (playlist_id, position, track_id, title) VALUES (1, 0, ?, 'A')",
      a?.id ?? 0,
    )
    trackRequests.deleteTracks(database, [a?.id ?? 0])
    expect(readAll()).toEqual([])
    expect(database.all('SELECT track_id, title FROM playlist_entry')).toEqual([
      { track_id: null, title: 'A' },
    ])
  })

  test('that are new take the paths of others, also twice in one request', () => {
    save(readTrack('a.mp3'), readTrack('b.mp3'), readTrack('c.mp3'))
    const saved = save(
      readTrack('d.mp3', { id: newTrack }),
      readTrack('a.mp3', { id: newTrack }),
      readTrack('b.mp3', { id: newTrack }),
      readTrack('b.mp3', { id: newTrack }),
      readTrack('e.mp3', { id: 3 }),
      readTrack('c.mp3', { id: newTrack }),
    )
    expect(saved.map(({ id }) => id)).toEqual([4, 5, 6, 7, 3, 8])
    const files = trackRequests.listFiles(database, folderId)
    const missing = files.filter(({ unavailable }) => unavailable === 'fileMissing')
    expect(missing.map(({ id }) => id)).toEqual([1, 2, 6])
    expect(files.filter(({ unavailable }) => unavailable === undefined)).toMatchObject([
      { id: 3, path: 'e.mp3' },
      { id: 4, path: 'd.mp3' },
      { id: 5, path: 'a.mp3' },
      { id: 7, path: 'b.mp3' },
      { id: 8, path: 'c.mp3' },
    ])
  })

  test('from outside of all folders have one entry for each path', () => {
    const external = readTrack('/else/a.mp3', { folderId: undefined })
    const [first] = save(external)
    const [second] = save(external)
    expect(second?.id).toBe(first?.id)
    expect(trackRequests.listFiles(database, undefined)).toMatchObject([{ path: '/else/a.mp3' }])
    expect(readAll()).toEqual([])
  })
})

describe('the tracks that files may belong to', () => {
  const count = 300
  const paths = Array.from({ length: count }, (_, index) => `${index}.mp3`)
  const found = (same: Pick<IdentityKeys, 'fileId' | 'audioHash'>) => {
    save(...paths.map((path) => readTrack(path, same)))
    let rows = 0
    const counted: Database = {
      prepare: (sql) => database.prepare(sql),
      run: (sql, ...values) => database.run(sql, ...values),
      get: (sql, ...values) => database.get(sql, ...values),
      transaction: (work) => database.transaction(work),
      all: <Row>(sql: string, ...values: readonly SqliteValue[]) => {
        const read = database.all<Row>(sql, ...values)
        rows += read.length
        return read
      },
    }
    const keys = paths.map((path) => ({ folderId, path, ...same }))
    const { candidates } = identityRequests.findCandidates(counted, keys)
    return { rows, paths: candidates.map(({ path }) => path).sort() }
  }

  test.each<[string, Pick<IdentityKeys, 'fileId' | 'audioHash'>]>([
    ['links to one file', { fileId: '1:1', audioHash: 'sound' }],
    ['files with one sound', { fileId: undefined, audioHash: 'sound' }],
    ['files with an empty hash', { fileId: undefined, audioHash: '' }],
    ['files without a number or a sound', { fileId: undefined, audioHash: undefined }],
  ])('are read once for hundreds of %s', (_which, same) => {
    const read = found(same)
    expect(read.paths).toEqual(paths.toSorted())
    expect(read.rows).toBeLessThan(2 * count)
  })
})

describe('tracks with the tags of a song', () => {
  const tags = (title: string, number = 1) => JSON.stringify({ title, album: 'First', number })
  const songs = [{ title: 'One', album: 'First', number: 1 }]

  test('are found by the index, those that are missing first, and damaged tags do no harm', () => {
    const saved = save(
      readTrack('a.mp3', { tags: tags('One') }),
      readTrack('b.mp3', { tags: tags('Two') }),
      readTrack('c.mp3', { tags: tags('One', 2) }),
      readTrack('d.mp3', { tags: '{"title":' }),
      readTrack('e.mp3', { tags: tags('One') }),
    )
    const [a, , , , e] = saved.map(({ id }) => id)
    expect(identityRequests.findSameSongs(database, { songs, last: 100 }).map(({ id }) => id)).toEqual([a, e])
    expect(identityRequests.findSameSongs(database, { songs, last: a ?? 0 })).toHaveLength(1)
    trackRequests.markUnavailable(database, { ids: [e ?? 0], reason: 'fileMissing', since: 5 })
    expect(identityRequests.findSameSongs(database, { songs, last: 100 })[0]).toMatchObject({ id: e })
    const plan = database.all<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT id FROM track WHERE ${titleExpression} = 'One'`,
    )
    expect(plan.map(({ detail }) => detail).join()).toContain('track_by_title')
  })
})

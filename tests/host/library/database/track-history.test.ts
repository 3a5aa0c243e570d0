import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { openInMemory } from '../../../../electron/library/database/file/connection.ts'
import { folderRequests } from '../../../../electron/library/database/requests/stored-folders.ts'
import {
  type ReadTrack,
  trackRequests,
} from '../../../../electron/library/database/requests/stored-tracks.ts'
import { trackHistoryRequests } from '../../../../electron/library/database/requests/track-history.ts'
import type { SqliteDatabase } from '../../../../electron/library/database/sqlite/sqlite.ts'

let database: SqliteDatabase
let tracks: readonly ReadTrack[]

beforeEach(() => {
  database = openInMemory()
  const opened = database
  onTestFinished(() => opened.close())
  const folderId = folderRequests.addFolder(database, { path: '/music', isDemo: false })
  folderRequests.setOpenFolders(database, [folderId])
  tracks = ['a.mp3', 'b.mp3'].map((path) => ({
    id: undefined,
    folderId,
    path,
    size: 1000,
    modifiedNs: '1700000000123456789',
    fileId: undefined,
    audioHash: undefined,
    tags: '{}',
    cover: undefined,
  }))
  trackRequests.saveTracks(database, { tracks, now: 5 })
})

const rate = (ids: readonly number[], rating: number) =>
  trackHistoryRequests.rateTracks(database, { ids, rating })
const play = (id: number, at: number) => trackHistoryRequests.recordPlay(database, { id, at })

test('a play is counted, and its time is the newest one', () => {
  expect(play(1, 100)).toEqual([{ id: 1, rating: undefined, playCount: 1, lastPlayedAt: 100 }])
  expect(play(1, 300)).toEqual([{ id: 1, rating: undefined, playCount: 2, lastPlayedAt: 300 }])
  // The clock was set back.
  expect(play(1, 200)).toEqual([{ id: 1, rating: undefined, playCount: 3, lastPlayedAt: 300 }])
})

test('a play that is requested again is counted once', () => {
  play(1, 100)
  expect(play(1, 100)).toMatchObject([{ playCount: 1 }])
})

test('ratings are stored in halves, replaced and removed, for many tracks at once', () => {
  expect(rate([1, 2], 3.5)).toMatchObject([
    { id: 1, rating: 3.5 },
    { id: 2, rating: 3.5 },
  ])
  rate([2], 5)
  expect(rate([1], 0)).toMatchObject([{ id: 1, rating: undefined }])
  const stored = JSON.parse(trackRequests.readTracks(database, { after: 0, limit: 10 }).text)
  expect(stored).toMatchObject([{ rating: null }, { rating: 5 }])
})

test('tracks that are not known change nothing', () => {
  expect(rate([7, 1], 4)).toMatchObject([{ id: 1 }])
  expect(play(7, 100)).toEqual([])
})

test('the history stays with a track whose file is read again', () => {
  play(1, 100)
  rate([1], 4.5)
  trackRequests.saveTracks(database, { tracks: tracks.map((track) => ({ ...track, size: 2000 })), now: 9 })
  const stored = JSON.parse(trackRequests.readTracks(database, { after: 0, limit: 10 }).text)
  expect(stored[0]).toMatchObject({ id: 1, rating: 4.5, playCount: 1, lastPlayedAt: 100, addedAt: 5 })
})

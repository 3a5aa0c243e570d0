import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { openInMemory } from '../../../../electron/library/database/file/connection.ts'
import { folderRequests } from '../../../../electron/library/database/requests/stored-folders.ts'
import {
  type ReadTrack,
  trackRequests,
} from '../../../../electron/library/database/requests/stored-tracks.ts'
import { analysisRequests } from '../../../../electron/library/database/requests/track-analyses.ts'
import type { SqliteDatabase } from '../../../../electron/library/database/sqlite/sqlite.ts'
import { encodeBytes, type SoundAnalysis } from '../../../../shared/sound/analysis/sound-analysis.ts'
import { LoudnessHistogram } from '../../../../shared/sound/loudness/loudness-histogram.ts'

let database: SqliteDatabase
let folderId: number

beforeEach(() => {
  database = openInMemory()
  const opened = database
  onTestFinished(() => opened.close())
  folderId = folderRequests.addFolder(database, { path: '/music', isDemo: false })
  folderRequests.setOpenFolders(database, [folderId])
})

const trackAt = (path: string, changes: Partial<ReadTrack> = {}): ReadTrack => ({
  id: undefined,
  folderId,
  path,
  size: 1000,
  modifiedNs: '1',
  fileId: undefined,
  audioHash: `sound of ${path}`,
  tags: JSON.stringify({ title: 'A', album: path.includes('/') ? 'Album' : undefined }),
  cover: undefined,
  ...changes,
})

const add = (...tracks: readonly ReadTrack[]): readonly number[] =>
  trackRequests.saveTracks(database, { tracks, now: 5 }).map(({ id }) => id)

/** An analysis of a song that has one loudness all the time. */
function analysisOf(loudness: number, peak = 0.5): SoundAnalysis {
  const histogram = new LoudnessHistogram()
  for (let block = 0; block < 100; block++) histogram.addEnergy(10 ** ((loudness + 0.691) / 10))
  return { loudness, peak, histogram: encodeBytes(histogram.encode()), waveform: 'AAAA' }
}

const save = (id: number, analysis?: SoundAnalysis): void =>
  analysisRequests.saveAnalysis(database, { id, analysis })
const list = (after = 0, limit = 10) => analysisRequests.listUnanalyzed(database, { after, limit })

describe('the analysis of a track', () => {
  test('is stored and replaced', () => {
    const [id = 0] = add(trackAt('a.mp3'))
    expect(analysisRequests.readLoudness(database, id)).toBeUndefined()
    expect(analysisRequests.readWaveform(database, id)).toBeUndefined()
    save(id, analysisOf(-12))
    save(id, { ...analysisOf(-14), waveform: 'BBBB' })
    expect(analysisRequests.readLoudness(database, id)).toEqual({ loudness: -14, peak: 0.5 })
    expect(analysisRequests.readWaveform(database, id)).toBe('BBBB')
  })

  test('stays when the tags change, and is void when the sound does', () => {
    const [id = 0] = add(trackAt('a.mp3'))
    save(id, analysisOf(-12))
    add(trackAt('a.mp3', { size: 1001, modifiedNs: '2' }))
    expect(analysisRequests.readLoudness(database, id)).toMatchObject({ loudness: -12 })
    add(trackAt('a.mp3', { audioHash: 'another sound' }))
    expect(analysisRequests.readLoudness(database, id)).toBeUndefined()
    expect(analysisRequests.readWaveform(database, id)).toBeUndefined()
    expect(list().ids).toEqual([id])
  })

  test('belongs to the file if its sound has no hash', () => {
    const [id = 0] = add(trackAt('a.mp3', { audioHash: undefined }))
    save(id, analysisOf(-12))
    expect(analysisRequests.readWaveform(database, id)).toBe('AAAA')
    add(trackAt('a.mp3', { audioHash: undefined, modifiedNs: '2' }))
    expect(analysisRequests.readWaveform(database, id)).toBeUndefined()
  })

  test('can be that the sound cannot be decoded', () => {
    const [id = 0] = add(trackAt('a.mp3'))
    save(id)
    expect(list()).toEqual({ ids: [], total: 1, done: 1 })
    expect(analysisRequests.readLoudness(database, id)).toBeUndefined()
    expect(analysisRequests.readWaveform(database, id)).toBeUndefined()
  })

  test('is deleted with the track, and ignored for an unknown one', () => {
    const [id = 0] = add(trackAt('a.mp3'))
    save(id, analysisOf(-12))
    save(99, analysisOf(-12))
    trackRequests.deleteTracks(database, [id])
    expect(database.all('SELECT * FROM loudness')).toEqual([])
    expect(database.all('SELECT * FROM waveform')).toEqual([])
  })

  test('has no loudness for silence', () => {
    const [id = 0] = add(trackAt('a.mp3'))
    save(id, { peak: 0, histogram: '', waveform: 'AAAA' })
    expect(analysisRequests.readLoudness(database, id)).toEqual({ loudness: undefined, peak: 0 })
  })
})

describe('the tracks to analyze', () => {
  test('are listed in parts', () => {
    const ids = add(...['a', 'b', 'c', 'd'].map((name) => trackAt(`${name}.mp3`)))
    save(ids[1] ?? 0, analysisOf(-12))
    expect(list(0, 2)).toEqual({ ids: [ids[0], ids[2]], total: 4, done: 1 })
    expect(list(ids[2], 2)).toEqual({ ids: [ids[3]], total: 4, done: 1 })
  })

  test('are those that are available in open folders', () => {
    const [id = 0] = add(trackAt('a.mp3'), trackAt('/outside.mp3', { folderId: undefined }))
    expect(list()).toEqual({ ids: [id], total: 1, done: 0 })
    trackRequests.markUnavailable(database, { ids: [id], reason: 'fileMissing', since: 1 })
    expect(list()).toEqual({ ids: [], total: 0, done: 0 })
  })
})

describe('the loudness of an album', () => {
  test('is that of its tracks together, when all of them are analyzed', () => {
    const ids = add(trackAt('A/CD1/1.mp3'), trackAt('A/CD2/1.mp3'), trackAt('B/1.mp3'))
    save(ids[0] ?? 0, analysisOf(-10, 0.9))
    expect(analysisRequests.readLoudness(database, ids[0] ?? 0)).toEqual({ loudness: -10, peak: 0.9 })
    save(ids[1] ?? 0, analysisOf(-16, 0.4))
    const album = analysisRequests.readLoudness(database, ids[1] ?? 0)
    expect(album).toMatchObject({ loudness: -16, peak: 0.4, albumPeak: 0.9 })
    // The mean of the energies.
    expect(album?.albumLoudness).toBeCloseTo(10 * Math.log10((10 ** -1 + 10 ** -1.6) / 2), 1)
  })

  test('does not cover tracks of another album, folder or disc folder’s parent', () => {
    const other = { tags: JSON.stringify({ title: 'A', album: 'Other' }) }
    const [id = 0] = add(
      trackAt('A/1.mp3'),
      trackAt('A/2.mp3', other),
      trackAt('A/B/1.mp3'),
      trackAt('AB/1.mp3'),
    )
    save(id, analysisOf(-10))
    expect(analysisRequests.readLoudness(database, id)?.albumLoudness).toBeCloseTo(-10, 1)
  })

  test('is unknown while a track is damaged or has no album', () => {
    const [id = 0] = add(trackAt('A/1.mp3', { tags: '{' }))
    save(id, analysisOf(-10))
    expect(analysisRequests.readLoudness(database, id)).toEqual({ loudness: -10, peak: 0.5 })
  })
})

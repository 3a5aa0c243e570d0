import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { HostEvents } from '../../../electron/host/host-events.ts'
import { Library } from '../../../electron/library/library.ts'
import { ScanWorkerPool } from '../../../electron/library/scan-worker-pool.ts'
import type { Track } from '../../../shared/library/track.ts'
import { encodeId3Tag } from '../../fixtures/id3-tag.ts'
import { createWaveFile } from '../../fixtures/wave-file.ts'
import { scratchFolder, until } from '../scratch.ts'
import { tracksOfEvent } from '../tracks-of-event.ts'
import { openDatabase } from './open-database.ts'

let workerPool: ScanWorkerPool
let data: string
let music: string
let more: string

beforeAll(() => {
  workerPool = new ScanWorkerPool(2)
})
afterAll(async () => await workerPool.close())
beforeEach(() => {
  data = scratchFolder()
  music = join(scratchFolder(), 'music')
  more = join(scratchFolder(), 'more')
  writeSong(music, '1.wav', 200)
  writeSong(music, 'spoken/2.wav', 300)
  writeSong(music, 'spoken/deep/3.wav', 400)
  writeSong(more, '4.wav', 500)
})

function writeSong(folder: string, path: string, hertz: number): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  const id3 = encodeId3Tag({ title: `Song ${hertz}`, artist: 'Ann', album: 'First' })
  writeFileSync(join(folder, path), createWaveFile({ seconds: 0.1, hertz, id3 }))
}

/** Starts a library on the data folder of the test, like a host. `close` ends it like the end of the host. */
function start() {
  const database = openDatabase(join(data, 'library.db'))
  const publisher = new HostEvents()
  const library = new Library({ workerPool, database, publisher, demoFolder: more })
  const known = new Map<number, Track>()
  let folder: string | undefined
  let isRunning = true
  onTestFinished(
    publisher.subscribe((event) => {
      if (event.kind === 'library') {
        known.clear()
        folder = event.folder
      } else for (const track of tracksOfEvent(event)) known.set(track.id, track)
      if (event.kind === 'tracksRemoved') for (const id of event.ids) known.delete(id)
      else if (event.kind === 'scan') isRunning = event.progress.running
    }),
  )
  const byTitle = () =>
    Object.fromEntries([...known.values()].map((track) => [track.title.replace('Song ', ''), track]))
  return {
    library,
    folderName: () => folder,
    /** The paths and ratings of the tracks, in the order of their files. */
    shown: () =>
      Object.values(byTitle()).map(({ path, rating, unavailable }) =>
        [path, rating, unavailable].filter(Boolean).join(' '),
      ),
    rate: async (hertz: number, rating: number) => {
      const id = byTitle()[hertz]?.id ?? 0
      await database.request('rateTracks', { ids: [id], rating })
      library.publishTracks([id])
      await until(() => expect(byTitle()[hertz]).toMatchObject({ rating }))
    },
    countTracks: async () => {
      const chunk = await database.request('readTracks', { after: 0, limit: 1000 })
      return JSON.parse(chunk.text).length
    },
    database,
    /** Waits until everything that a change publishes has arrived. */
    settle: async (change: Promise<void>) => {
      await change
      await library.settled()
      await until(() => expect(isRunning).toBe(false))
    },
    close: async () => {
      library.stopScan()
      await library.settled()
      await database.close()
    },
  }
}

const musicSongs = ['1.wav', 'spoken/2.wav', 'spoken/deep/3.wav']
const bothSongs = ['music/1.wav', 'music/spoken/2.wav', 'music/spoken/deep/3.wav', 'more/4.wav']

describe('several folders', () => {
  test('have the tracks of all of them, now and at the next start', async () => {
    const first = start()
    await first.settle(first.library.open(music))
    expect(first.shown()).toEqual(musicSongs)
    await first.settle(first.library.folderChanges.add(more))
    expect(first.shown()).toEqual(bothSongs)
    const { opened } = first.library
    await first.close()
    const second = start()
    await second.settle(second.library.openAgain(opened ?? { kind: 'demo' }))
    expect(second.shown()).toEqual(bothSongs)
  })

  test('are replaced by a folder that is opened', async () => {
    const { library, settle, shown } = start()
    await settle(library.open(music))
    await settle(library.folderChanges.add(more))
    await settle(library.open(more))
    expect(shown()).toEqual(['4.wav'])
  })

  test('replace the demo album', async () => {
    const { library, settle, shown } = start()
    await settle(library.openDemo())
    await settle(library.folderChanges.add(music))
    expect(shown()).toEqual(musicSongs)
  })

  test('are not added twice, and not if they do not exist', async () => {
    const { library, settle, shown } = start()
    await settle(library.open(music))
    await expect(library.folderChanges.add(music)).rejects.toThrow(/music.* is in the library already/)
    await expect(library.folderChanges.add(join(music, 'none'))).rejects.toThrow(/there is no such folder/)
    await settle(Promise.resolve())
    expect(shown()).toEqual(musicSongs)
  })

  test('are changed one after the other', async () => {
    const { library, settle, shown } = start()
    const { folderChanges } = library
    await library.open(music)
    await settle(
      Promise.all([
        folderChanges.add(more),
        folderChanges.exclude(join(music, 'spoken')),
        folderChanges.include(join(music, 'spoken')),
        folderChanges.remove(music),
        folderChanges.add(music),
      ]).then(() => undefined),
    )
    expect(shown().toSorted()).toEqual(bothSongs.toSorted())
  })
})

describe('a folder that is removed', () => {
  test('takes its tracks with it, which come back with their ids and ratings', async () => {
    const { library, settle, shown, rate, countTracks } = start()
    await settle(library.open(music))
    await settle(library.folderChanges.add(more))
    await rate(300, 4)
    await settle(library.folderChanges.remove(music))
    expect(shown()).toEqual(['4.wav'])
    expect(await countTracks()).toBe(1)
    expect(library.opened).toEqual({ kind: 'folder', folder: more })
    await settle(library.folderChanges.add(music))
    expect(shown()).toEqual(bothSongs.map((path) => (path.endsWith('2.wav') ? `${path} 4` : path)))
    expect(await countTracks()).toBe(4)
  })

  test('leaves an empty library if it was the only one', async () => {
    const { library, settle, shown, folderName } = start()
    await settle(library.open(music))
    await library.folderChanges.remove(music)
    await until(() => expect(folderName()).toBeUndefined())
    expect(shown()).toEqual([])
    expect(library.opened).toBeUndefined()
    await settle(library.folderChanges.add(music))
    expect(shown()).toEqual(musicSongs)
  })

  test('can be away', async () => {
    const { library, settle, shown } = start()
    await settle(library.open(music))
    await settle(library.folderChanges.add(more))
    renameSync(music, `${music}-away`)
    await settle(library.rescan().catch(() => undefined))
    await settle(library.folderChanges.remove(music))
    expect(shown()).toEqual(['4.wav'])
    renameSync(`${music}-away`, music)
    await settle(library.folderChanges.add(music))
    expect(shown()).toEqual(bothSongs)
  })
})

describe('a folder in another one', () => {
  test('has its tracks once, whichever is added first, and they keep their ratings', async () => {
    const { library, settle, shown, rate, countTracks } = start()
    const spoken = join(music, 'spoken')
    await settle(library.open(spoken))
    await rate(400, 2)
    await settle(library.folderChanges.add(music))
    expect(shown()).toEqual(['music/1.wav', 'spoken/2.wav', 'spoken/deep/3.wav 2'])
    await settle(library.folderChanges.remove(spoken))
    expect(shown()).toEqual(['1.wav', 'spoken/2.wav', 'spoken/deep/3.wav 2'])
    await settle(library.folderChanges.add(spoken))
    expect(shown()).toEqual(['music/1.wav', 'spoken/2.wav', 'spoken/deep/3.wav 2'])
    await settle(library.rescan())
    expect(shown()).toEqual(['music/1.wav', 'spoken/2.wav', 'spoken/deep/3.wav 2'])
    expect(await countTracks()).toBe(3)
  })

  test('gives its tracks to the outer one if that is opened alone', async () => {
    const { library, settle, shown, rate } = start()
    await settle(library.open(music))
    await settle(library.folderChanges.add(join(music, 'spoken')))
    await rate(300, 5)
    await settle(library.open(music))
    expect(shown()).toEqual(['1.wav', 'spoken/2.wav 5', 'spoken/deep/3.wav'])
  })

  test('is left out by the outer one if that is removed and added again', async () => {
    const { library, settle, shown } = start()
    await settle(library.open(join(music, 'spoken')))
    await settle(library.folderChanges.add(music))
    await settle(library.folderChanges.remove(music))
    expect(shown()).toEqual(['2.wav', 'deep/3.wav'])
    await settle(library.folderChanges.add(music))
    expect(shown()).toEqual(['music/1.wav', 'spoken/2.wav', 'spoken/deep/3.wav'])
  })
})

describe('a folder that is left out', () => {
  test('takes its tracks with it, which come back with their ratings', async () => {
    const first = start()
    const spoken = join(music, 'spoken')
    await first.settle(first.library.open(music))
    await first.rate(300, 3.5)
    await first.settle(first.library.folderChanges.exclude(spoken))
    expect(first.shown()).toEqual(['1.wav'])
    expect(first.library.openFolders?.[0]?.excluded).toEqual(['spoken'])
    await first.settle(first.library.rescan())
    expect(first.shown()).toEqual(['1.wav'])
    await first.close()
    const second = start()
    await second.settle(second.library.openAgain({ kind: 'folder', folder: music }))
    expect(second.shown()).toEqual(['1.wav'])
    await second.settle(second.library.folderChanges.include(spoken))
    expect(second.shown()).toEqual(['1.wav', 'spoken/2.wav 3.5', 'spoken/deep/3.wav'])
    expect(second.library.openFolders?.[0]?.excluded).toEqual([])
  })

  test('has the files that were added to it meanwhile when it is back', async () => {
    const { library, settle, shown } = start()
    await settle(library.open(music))
    await settle(library.folderChanges.exclude(join(music, 'spoken')))
    writeSong(music, 'spoken/new/5.wav', 600)
    rmSync(join(music, 'spoken/2.wav'))
    await settle(library.folderChanges.include(join(music, 'spoken')))
    expect(shown()).toEqual(['1.wav', 'spoken/2.wav fileMissing', 'spoken/deep/3.wav', 'spoken/new/5.wav'])
  })

  test('can be an empty one, and one that is not there any more', async () => {
    const { library, settle, shown } = start()
    mkdirSync(join(music, 'empty'))
    await settle(library.open(music))
    await settle(library.folderChanges.exclude(join(music, 'empty')))
    rmSync(join(music, 'empty'), { recursive: true })
    await settle(library.folderChanges.include(join(music, 'empty')))
    writeSong(music, 'empty/5.wav', 600)
    await settle(library.rescan())
    expect(shown()).toEqual([...musicSongs, 'empty/5.wav'])
  })

  test('replaces those in it, and is a folder of the library', async () => {
    const { library, settle, shown } = start()
    const { folderChanges } = library
    await settle(library.open(music))
    await settle(folderChanges.exclude(join(music, 'spoken/deep')))
    expect(shown()).toEqual(['1.wav', 'spoken/2.wav'])
    await settle(folderChanges.exclude(join(music, 'spoken')))
    expect(library.openFolders?.[0]?.excluded).toEqual(['spoken'])
    await settle(folderChanges.include(join(music, 'spoken')))
    expect(shown()).toEqual(musicSongs)
    await expect(folderChanges.exclude(more)).rejects.toThrow(/is not in a folder of the library/)
    await expect(folderChanges.exclude(music)).rejects.toThrow(/is a folder of the library itself/)
  })

  test('can be opened itself, and is left out again after that', async () => {
    const { library, settle, shown } = start()
    const { folderChanges } = library
    const spoken = join(music, 'spoken')
    await settle(library.open(music))
    await settle(folderChanges.exclude(spoken))
    await settle(folderChanges.add(spoken))
    expect(shown()).toEqual(['music/1.wav', 'spoken/2.wav', 'spoken/deep/3.wav'])
    await settle(folderChanges.remove(spoken))
    expect(shown()).toEqual(['1.wav'])
  })

  test('stays left out while its folder is closed, and keeps its tracks', async () => {
    const { library, settle, shown, database } = start()
    const { folderChanges } = library
    await settle(library.open(music))
    await settle(folderChanges.exclude(join(music, 'spoken')))
    await settle(library.open(more))
    await settle(library.open(music))
    expect(shown()).toEqual(['1.wav'])
    expect(await database.request('listExpiredTracks', Date.now() + 1e12)).toEqual([])
  })
})

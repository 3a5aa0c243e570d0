import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { HostEvents } from '../../../electron/host/host-events.ts'
import { Library } from '../../../electron/library/library.ts'
import { ScanWorkerPool } from '../../../electron/library/scan-worker-pool.ts'
import type { TrackSource } from '../../../electron/library/scanning/track-source.ts'
import { FolderSource } from '../../../electron/library/sources/folder-source.ts'
import { noTags, type Track } from '../../../shared/library/track.ts'
import { createWaveFile } from '../../fixtures/wave-file.ts'
import { scratchFolder, until } from '../scratch.ts'
import { tracksOfEvent } from '../tracks-of-event.ts'
import { openDatabase } from './open-database.ts'

let workerPool: ScanWorkerPool

beforeAll(() => {
  workerPool = new ScanWorkerPool(1)
})
afterAll(async () => await workerPool.close())

/** A source like a server: its tracks have names, and no files. */
function serverWith(names: readonly string[]): TrackSource {
  return {
    isWatchable: false,
    isPresent: async () => true,
    locate: (root, path) => `${root}/stream?name=${path}`,
    scan: async ({ folder, store, counter, onProgress }) => {
      counter.add({ found: names.length, read: names.length })
      counter.set({ walked: true })
      await store.saveTracks(
        folder,
        names.map((name) => ({
          path: name,
          picture: undefined,
          read: {
            tags: { ...noTags, title: name, isPlayable: true },
            cover: undefined,
            audioHash: undefined,
            version: { size: 1, modifiedNs: '1', fileId: undefined },
          },
        })),
      )
      onProgress([])
      return true
    },
  }
}

test('tracks of another source are listed, kept and served like those of folders', async () => {
  const data = scratchFolder()
  const music = join(scratchFolder(), 'music')
  mkdirSync(music)
  writeFileSync(join(music, 'file.wav'), createWaveFile({ seconds: 0.1, hertz: 200 }))
  const start = async (names: readonly string[]) => {
    const database = openDatabase(join(data, 'library.db'))
    const server = await database.request('addFolder', {
      path: 'https://server/music',
      isDemo: false,
      source: 'server',
    })
    const folder = await database.request('addFolder', { path: music, isDemo: false })
    await database.request('setOpenFolders', [server, folder])
    const publisher = new HostEvents()
    const sources = new Map<string, TrackSource>([
      ['folder', new FolderSource(workerPool)],
      ['server', serverWith(names)],
    ])
    const library = new Library({ workerPool, database, publisher, demoFolder: music, sources })
    const watched: (readonly string[])[] = []
    library.onFolders = (folders) => watched.push(folders)
    const tracks = new Map<number, Track>()
    onTestFinished(
      publisher.subscribe((event) => {
        for (const track of tracksOfEvent(event)) tracks.set(track.id, track)
      }),
    )
    await library.openAgain({ kind: 'folder', folder: music })
    await library.settled()
    return { library, database, tracks, watched }
  }
  const first = await start(['one', 'two'])
  const titles = () => [...first.tracks.values()].map(({ title }) => title).sort()
  await until(() => expect(titles()).toEqual(['file', 'one', 'two']))
  const one = [...first.tracks.values()].find(({ title }) => title === 'one')
  expect(first.library.trackFile(one?.id ?? 0)).toBe('https://server/music/stream?name=one')
  await until(() => expect(first.watched.at(-1)).toEqual([music]))
  await first.database.request('rateTracks', { ids: [one?.id ?? 0], rating: 4 })
  first.library.stopScan()
  await first.database.close()

  const second = await start(['one', 'two', 'three'])
  await until(() => expect(second.tracks.size).toBe(4))
  expect(second.tracks.get(one?.id ?? 0)).toMatchObject({ title: 'one', rating: 4 })
  await second.database.close()
})

import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { HostEvents } from '../../../electron/host/host-events.ts'
import type { DatabaseClient } from '../../../electron/library/database/database-client.ts'
import { candidatesPerGroup } from '../../../electron/library/database/requests/identity-requests.ts'
import { Library } from '../../../electron/library/library.ts'
import { ScanWorkerPool } from '../../../electron/library/scan-worker-pool.ts'
import type { ScanProgress } from '../../../shared/host-api.ts'
import type { Track } from '../../../shared/library/track.ts'
import { encodeId3Tag } from '../../fixtures/id3-tag.ts'
import { createWaveFile } from '../../fixtures/wave-file.ts'
import { scratchFolder, until } from '../scratch.ts'
import { tracksOfEvent } from '../tracks-of-event.ts'
import { openDatabase } from './open-database.ts'

let workerPool: ScanWorkerPool
let data: string
let music: string

beforeAll(() => {
  workerPool = new ScanWorkerPool(2)
})
afterAll(async () => await workerPool.close())
beforeEach(() => {
  data = scratchFolder()
  music = join(scratchFolder(), 'music')
  for (const number of [1, 2, 3]) writeSong(`album/${number}.wav`, { hertz: 200 * number })
  writeSong('other/4.wav', { hertz: 900 })
  age()
})

/** Writes a song. Its sound depends only on the frequency. */
function writeSong(
  path: string,
  { hertz, title = `Song ${hertz}`, number }: { hertz: number; title?: string; number?: number },
): void {
  mkdirSync(join(music, path, '..'), { recursive: true })
  const id3 = encodeId3Tag({ title, artist: 'Ann', album: 'First', ...(number && { number }) })
  writeFileSync(join(music, path), createWaveFile({ seconds: 0.1, hertz, id3 }))
}

/** Lets an hour pass since the last change of each file and folder that has just changed. */
function age(folder = music): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) age(path)
    else ageOne(path)
  }
  ageOne(folder)
}

function ageOne(path: string): void {
  const { mtimeMs } = statSync(path)
  if (Date.now() - mtimeMs < 1_800_000) utimesSync(path, Date.now() / 1000, mtimeMs / 1000 - 3600)
}

interface Started {
  readonly library: Library
  readonly database: DatabaseClient
  readonly tracks: () => Track[]
  readonly byPath: () => Record<string, Track>
  /** Undefined until the scan reports again. */
  readonly progress: () => ScanProgress | undefined
  readonly forgetProgress: () => void
  readonly failures: string[]
}

/** Starts a library on the data folder of the test, like a host. */
async function start(): Promise<Started> {
  const database = openDatabase(join(data, 'library.db'))
  const publisher = new HostEvents()
  const library = new Library({ workerPool, database, publisher, demoFolder: music })
  const known = new Map<number, Track>()
  const failures: string[] = []
  let progress: ScanProgress | undefined
  onTestFinished(
    publisher.subscribe((event) => {
      if (event.kind === 'library') known.clear()
      else for (const track of tracksOfEvent(event)) known.set(track.id, track)
      if (event.kind === 'tracksRemoved') for (const id of event.ids) known.delete(id)
      else if (event.kind === 'scan') progress = event.progress
      else if (event.kind === 'failure') failures.push(event.message)
    }),
  )
  const tracks = () => [...known.values()]
  return {
    library,
    database,
    tracks,
    byPath: () => Object.fromEntries(tracks().map((track) => [track.path, track])),
    progress: () => progress,
    forgetProgress: () => {
      progress = undefined
    },
    failures,
  }
}

/** Runs what begins a scan, and waits until everything that it published has arrived. */
async function scanned(started: Started, begin = () => started.library.open(music)): Promise<void> {
  started.forgetProgress()
  await begin()
  await started.library.settled()
  await until(() => expect(started.progress()).toMatchObject({ running: false }))
}

/** Ends a library like the end of its host. */
async function end({ library, database }: Started): Promise<void> {
  library.stopScan()
  await library.settled()
  await database.close()
}

const rescan = (started: Started): Promise<void> => scanned(started, () => started.library.rescan())

describe('a library that was scanned', () => {
  test('is there at the next start, with the same ids, and no file is read', async () => {
    const first = await start()
    await scanned(first)
    expect(first.progress()).toMatchObject({ found: 4, read: 4, unchanged: 0 })
    await end(first)
    const second = await start()
    await scanned(second)
    expect(second.progress()).toMatchObject({ found: 4, read: 4, unchanged: 4 })
    expect(second.byPath()).toEqual(first.byPath())
  })

  test('finds what was added, removed and changed meanwhile, and reads only that', async () => {
    const first = await start()
    await scanned(first)
    await end(first)
    writeSong('new/5.wav', { hertz: 1000 })
    writeSong('other/6.wav', { hertz: 1100 })
    writeSong('other/4.wav', { hertz: 900, title: 'Changed' })
    unlinkSync(join(music, 'album/1.wav'))
    const second = await start()
    await scanned(second)
    expect(second.progress()).toMatchObject({ found: 5, read: 5, unchanged: 2 })
    const { 'album/1.wav': gone, 'other/4.wav': changed, ...others } = second.byPath()
    expect(gone).toMatchObject({ unavailable: 'fileMissing' })
    expect(changed).toMatchObject({ title: 'Changed', id: first.byPath()['other/4.wav']?.id })
    expect(Object.keys(others).sort()).toEqual(['album/2.wav', 'album/3.wav', 'new/5.wav', 'other/6.wav'])
  })

  test('notices a file that was changed in place, when the user asks for it', async () => {
    const started = await start()
    await scanned(started)
    const file = join(music, 'album/2.wav')
    const content = readFileSync(file)
    writeFileSync(file, Buffer.from(content.toString('latin1').replaceAll('Song 400', 'Song XYZ'), 'latin1'))
    await rescan(started)
    expect(started.byPath()['album/2.wav']).toMatchObject({ title: 'Song XYZ' })
    expect(started.progress()).toMatchObject({ found: 4, unchanged: 3 })
  })

  test('scans only the directories that it is given, and new ones below them', async () => {
    const started = await start()
    await scanned(started)
    writeSong('album/new/deep/5.wav', { hertz: 1000 })
    unlinkSync(join(music, 'album/3.wav'))
    unlinkSync(join(music, 'other/4.wav'))
    started.library.scanChanges([join(music, 'album')])
    await started.library.settled()
    await until(() => expect(started.byPath()['album/new/deep/5.wav']).toBeDefined())
    await until(() => expect(started.byPath()['album/3.wav']).toMatchObject({ unavailable: 'fileMissing' }))
    expect(started.byPath()['other/4.wav']).toMatchObject({ unavailable: undefined })
  })
})

describe('a rated track', () => {
  async function rateAll(started: Started): Promise<void> {
    for (const { id, title } of started.tracks())
      await started.database.request('rateTracks', { ids: [id], rating: Number(title.slice(5, 6)) / 2 })
    started.forgetProgress()
    started.library.publishTracks(started.tracks().map(({ id }) => id))
    await until(() => expect(started.tracks().every(({ rating }) => rating !== undefined)).toBe(true))
  }

  test.each<[string, string, () => void]>([
    [
      'is renamed',
      'album/renamed.wav',
      () => renameSync(join(music, 'album/2.wav'), join(music, 'album/renamed.wav')),
    ],
    [
      'is moved to another folder',
      'far/away/2.wav',
      () => {
        mkdirSync(join(music, 'far/away'), { recursive: true })
        renameSync(join(music, 'album/2.wav'), join(music, 'far/away/2.wav'))
      },
    ],
    [
      'is moved and gets other tags',
      'other/x.wav',
      () => {
        unlinkSync(join(music, 'album/2.wav'))
        writeSong('other/x.wav', { hertz: 400, title: 'Another title' })
      },
    ],
    [
      'gets other tags',
      'album/2.wav',
      () => writeSong('album/2.wav', { hertz: 400, title: 'Another title' }),
    ],
    [
      'is written again with other tags',
      'album/2.wav',
      () => {
        writeSong('album/tmp', { hertz: 400, title: 'Another title' })
        renameSync(join(music, 'album/tmp'), join(music, 'album/2.wav'))
      },
    ],
    [
      'is in a folder that is renamed',
      'renamed/2.wav',
      () => renameSync(join(music, 'album'), join(music, 'renamed')),
    ],
  ])('keeps its history when it %s', async (_what, path, change) => {
    const started = await start()
    await scanned(started)
    await rateAll(started)
    const { id, addedAt } = started.byPath()['album/2.wav'] ?? { id: 0, addedAt: 0 }
    change()
    await rescan(started)
    expect(started.byPath()[path]).toMatchObject({ id, rating: 2, addedAt, unavailable: undefined })
    expect(started.tracks()).toHaveLength(4)
    // The same at the next start.
    await end(started)
    const next = await start()
    await scanned(next)
    expect(next.byPath()[path]).toMatchObject({ id, rating: 2, addedAt, unavailable: undefined })
    expect(next.tracks()).toHaveLength(4)
  })

  test('keeps its history when two files exchange their names', async () => {
    const started = await start()
    await scanned(started)
    await rateAll(started)
    const [one, two, temporary] = ['album/1.wav', 'album/2.wav', 'album/x'].map((name) => join(music, name))
    if (one === undefined || two === undefined || temporary === undefined) throw new Error('no paths')
    renameSync(one, temporary)
    renameSync(two, one)
    renameSync(temporary, two)
    // Otherwise nothing shows that the files are others: their sizes and times are equal.
    utimesSync(one, Date.now() / 1000, Date.now() / 1000 - 500)
    utimesSync(two, Date.now() / 1000, Date.now() / 1000 - 600)
    await rescan(started)
    expect(started.byPath()['album/1.wav']).toMatchObject({ title: 'Song 400', rating: 2 })
    expect(started.byPath()['album/2.wav']).toMatchObject({ title: 'Song 200', rating: 1 })
    expect(started.tracks()).toHaveLength(4)
  })

  test('keeps its history when the whole library moves', async () => {
    const started = await start()
    await scanned(started)
    await rateAll(started)
    const before = started.byPath()
    const moved = join(dirname(music), 'moved')
    renameSync(music, moved)
    await scanned(started, () => started.library.open(moved))
    expect(started.byPath()).toEqual(before)
  })

  test('keeps its history when a better copy in another folder replaces it', async () => {
    writeSong('album/2.wav', { hertz: 400, number: 2 })
    age()
    const started = await start()
    await scanned(started)
    await rateAll(started)
    const { id, addedAt } = started.byPath()['album/2.wav'] ?? { id: 0, addedAt: 0 }
    rmSync(join(music, 'album/2.wav'))
    writeSong('better/02 Song.wav', { hertz: 410, title: 'Song 400', number: 2 })
    await rescan(started)
    expect(started.byPath()['better/02 Song.wav']).toMatchObject({ id, rating: 2, addedAt })
    expect(started.tracks()).toHaveLength(4)
  })

  test('keeps its history when it is moved, among more copies than are read at once', async () => {
    for (let copy = 0; copy < 2 * candidatesPerGroup; copy++)
      writeSong(`copies/${copy}.wav`, { hertz: 400, title: 'Song 400' })
    age()
    const started = await start()
    await scanned(started)
    const path = `copies/${2 * candidatesPerGroup - 1}.wav`
    const { id } = started.byPath()[path] ?? { id: 0 }
    await started.database.request('rateTracks', { ids: [id], rating: 5 })
    cpSync(join(music, path), join(music, 'elsewhere.wav'))
    rmSync(join(music, path))
    await rescan(started)
    expect(started.byPath()['elsewhere.wav']).toMatchObject({ id, rating: 5 })
    expect(started.tracks()).toHaveLength(4 + 2 * candidatesPerGroup)
  })

  test('does not give its history to a copy', async () => {
    const started = await start()
    await scanned(started)
    await rateAll(started)
    const { id } = started.byPath()['album/2.wav'] ?? { id: 0 }
    cpSync(join(music, 'album/2.wav'), join(music, 'other/copy.wav'))
    await rescan(started)
    expect(started.byPath()['album/2.wav']).toMatchObject({ id, rating: 2 })
    expect(started.byPath()['other/copy.wav']).toMatchObject({ rating: undefined })
  })
})

describe('a folder that is away', () => {
  const reasons = (started: Started) => new Set(started.tracks().map(({ unavailable }) => unavailable))

  test.each<[string, () => () => void]>([
    [
      'is gone',
      () => {
        renameSync(music, `${music} away`)
        return () => renameSync(`${music} away`, music)
      },
    ],
    [
      'is empty, like the mount point of a disk',
      () => {
        renameSync(music, `${music} away`)
        mkdirSync(music)
        return () => {
          rmSync(music, { recursive: true })
          renameSync(`${music} away`, music)
        }
      },
    ],
  ])('because it %s: its tracks stay, and return with it', async (_why, takeAway) => {
    const started = await start()
    await scanned(started)
    const before = started.byPath()
    const bringBack = takeAway()
    await scanned(started, async () => void (await started.library.rescan().catch(() => undefined)))
    await until(() => expect(reasons(started)).toEqual(new Set(['folderMissing'])))
    expect(started.tracks()).toHaveLength(4)
    started.forgetProgress()
    bringBack()
    await until(() => expect(started.byPath()).toEqual(before))
    await until(() => expect(started.progress()).toMatchObject({ running: false, read: 4, unchanged: 4 }))
  })

  test('at a start is shown with its tracks, with one sentence', async () => {
    const first = await start()
    await scanned(first)
    await end(first)
    renameSync(music, `${music} away`)
    const second = await start()
    await scanned(second, () => second.library.openAgain({ kind: 'folder', folder: music }))
    await until(() => expect(second.failures).toEqual([expect.stringMatching(/there is no such folder\.$/)]))
    await until(() => expect(reasons(second)).toEqual(new Set(['folderMissing'])))
    expect(second.tracks()).toHaveLength(4)
    await end(second)
    renameSync(`${music} away`, music)
    const third = await start()
    await scanned(third, () => third.library.openAgain({ kind: 'folder', folder: music }))
    await until(() => expect(third.byPath()).toEqual(first.byPath()))
  })
})

test('a file that is missing returns by itself', async () => {
  const started = await start()
  await scanned(started)
  const before = started.byPath()
  renameSync(join(music, 'album/1.wav'), join(data, '1.wav'))
  await rescan(started)
  expect(started.byPath()['album/1.wav']).toMatchObject({ unavailable: 'fileMissing' })
  renameSync(join(data, '1.wav'), join(music, 'album/1.wav'))
  await rescan(started)
  await until(() => expect(started.byPath()).toEqual(before))
})

test('tracks that are missing for 60 days are removed, except those with a rating', async () => {
  const started = await start()
  await scanned(started)
  const [one, two, three] = [1, 2, 3].map((number) => started.byPath()[`album/${number}.wav`]?.id ?? 0)
  if (one === undefined || two === undefined || three === undefined) throw new Error('no tracks')
  await started.database.request('rateTracks', { ids: [two], rating: 4 })
  rmSync(join(music, 'album'), { recursive: true })
  const day = 24 * 60 * 60 * 1000
  const missing = (ids: number[], days: number) =>
    started.database.request('markUnavailable', {
      ids,
      reason: 'fileMissing',
      since: Date.now() - days * day,
    })
  await missing([one, two], 61)
  await missing([three], 59)
  await rescan(started)
  await until(() => expect(started.tracks().map(({ id }) => id)).not.toContain(one))
  const left = started.tracks().map(({ id }) => id)
  expect(left).toEqual(expect.arrayContaining([two, three]))
})

test('a scan waits while it is paused, and goes on', async () => {
  for (let number = 10; number < 300; number++) writeSong(`many/${number}.wav`, { hertz: 100 + number })
  const started = await start()
  await started.library.open(music)
  await until(() => expect(started.tracks().length).toBeGreaterThan(0))
  started.library.setScanPaused(true)
  await until(() => expect(started.progress()).toMatchObject({ paused: true, running: true }))
  started.library.setScanPaused(false)
  await started.library.settled()
  await until(() => expect(started.progress()).toMatchObject({ running: false, paused: false, read: 294 }))
  await until(() => expect(started.tracks()).toHaveLength(294))
})

import { copyFileSync, mkdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { enumerate, killThread } from '@skein/threading'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { HostEvents } from '../../../electron/host/host-events.ts'
import { Library } from '../../../electron/library/library.ts'
import { ScanWorkerPool } from '../../../electron/library/scan-worker-pool.ts'
import { type HostEvent, noScan } from '../../../shared/host-api.ts'
import type { Track } from '../../../shared/library/track.ts'
import { fixturesFolder, toneFiles } from '../../fixtures/fixture-files.ts'
import { copyFixtures, makeOddNames, makeTones } from '../../fixtures/make-libraries.ts'
import { createPng } from '../../fixtures/picture-files.ts'
import { scratchFolder, until } from '../scratch.ts'
import { tracksOfEvent } from '../tracks-of-event.ts'
import { openDatabase } from './open-database.ts'

let workerPool: ScanWorkerPool
let library: Library
let hostEvents: HostEvents

beforeAll(() => {
  workerPool = new ScanWorkerPool(2)
})
beforeEach(() => {
  hostEvents = new HostEvents()
  library = new Library({
    workerPool,
    database: openDatabase(),
    publisher: hostEvents,
    demoFolder: join(fixturesFolder, 'tones'),
  })
})
afterAll(async () => await workerPool.close())

/** Subscribes like a page. */
function follow() {
  const events: HostEvent[] = []
  onTestFinished(hostEvents.subscribe((event) => void events.push(event)))
  /** Returns the events since the newest `library` event. */
  const present = () => events.slice(events.findLastIndex(({ kind }) => kind === 'library'))
  const tracks = (): Track[] => {
    const known = new Map<number, Track>()
    for (const event of present()) {
      for (const track of tracksOfEvent(event)) known.set(track.id, track)
      if (event.kind === 'tracksRemoved') for (const id of event.ids) known.delete(id)
    }
    return [...known.values()]
  }
  return {
    events,
    tracks,
    paths: () =>
      tracks()
        .map(({ path }) => path)
        .sort(),
    problems: () => present().flatMap((event) => (event.kind === 'problems' ? event.problems : [])),
    progress: () => present().findLast((event) => event.kind === 'scan')?.progress,
    failures: () => events.flatMap((event) => (event.kind === 'failure' ? [event.message] : [])),
    async end() {
      await until(() => expect(this.progress()).toMatchObject({ running: false, walked: true }))
    },
  }
}

/** Runs a function once, in the middle of a scan. */
function atFirstTracks(action: () => void): void {
  const leave = hostEvents.subscribe(({ kind }) => {
    if (kind !== 'tracks') return
    leave()
    action()
  })
  onTestFinished(leave)
}

describe('a library', () => {
  test('contains every format with its tags', async () => {
    const page = follow()
    await library.open(join(fixturesFolder, 'tones'))
    await page.end()
    expect(page.paths()).toEqual(toneFiles.map(({ name }) => name).sort())
    expect(page.progress()).toMatchObject({ found: toneFiles.length, read: toneFiles.length, unreadable: 0 })
    expect(page.events.find(({ kind }) => kind === 'library')).toEqual({
      kind: 'library',
      folder: undefined,
      demo: false,
    })
    expect(new Set(page.tracks().map(({ id }) => id)).size).toBe(toneFiles.length)
  })

  test('gives songs with the same picture one cover, and serves it', async () => {
    const page = follow()
    await library.open(fixturesFolder)
    await page.end()
    const byPath = new Map(page.tracks().map(({ path, cover }) => [path, cover]))
    const cover = byPath.get('tones/tone.mp3')
    expect(cover).toBeGreaterThan(0)
    expect(byPath.get('covered/beside-a-cover.mp3')).toBe(cover)
    expect(byPath.get('plain/No tags at all.mp3')).toBeUndefined()
    expect(await library.cover(cover ?? 0)).toMatchObject({ type: 'image/jpeg' })
    expect(await library.cover(99)).toBeUndefined()
  })

  test.each(toneFiles.filter(({ cover }) => cover))('serves the cover in $name', async ({ name }) => {
    const folder = scratchFolder()
    copyFixtures('tones', [name], folder)
    const page = follow()
    await library.open(folder)
    await page.end()
    const picture = await library.cover(page.tracks()[0]?.cover ?? 0)
    expect(picture?.type).toBe('image/jpeg')
    expect([...(picture?.bytes.subarray(0, 3) ?? [])]).toEqual([0xff, 0xd8, 0xff])
  })

  test('serves thumbnails of a cover, and the picture itself where there can be none', async () => {
    const folder = scratchFolder()
    for (const album of ['large', 'huge']) {
      mkdirSync(join(folder, album))
      copyFixtures('plain', ['No tags at all.mp3'], join(folder, album))
    }
    writeFileSync(join(folder, 'large', 'cover.png'), createPng(1000, 600))
    writeFileSync(join(folder, 'huge', 'cover.png'), createPng(5000, 5000))
    const page = follow()
    await library.open(folder)
    await page.end()
    const coverOf = (album: string) =>
      page.tracks().find(({ path }) => path.startsWith(`${album}/`))?.cover ?? 0
    expect(await library.cover(coverOf('large'), 128)).toMatchObject({ width: 213, height: 128 })
    expect(await library.cover(coverOf('large'), 400)).toMatchObject({ width: 667, height: 400 })
    expect(await library.cover(coverOf('large'))).toMatchObject({ width: 1000, height: 600 })
    expect(await library.cover(coverOf('huge'), 128)).toMatchObject({ width: 5000, height: 5000 })
    expect(await library.cover(99, 128)).toBeUndefined()
  })

  test('contains files with odd names, and reports broken files', async () => {
    const folder = scratchFolder()
    const { playable, unreadable } = makeOddNames(folder)
    const page = follow()
    await library.open(folder)
    await page.end()
    expect(page.paths()).toEqual([...playable].sort())
    expect(
      page
        .problems()
        .map(({ path }) => path)
        .sort(),
    ).toEqual([...unreadable].sort())
    for (const { reason } of page.problems()) expect(reason).toMatch(/^The file .+\.$/)
    expect(page.progress()).toMatchObject({ read: playable.length, unreadable: unreadable.length })
    for (const { id, path } of page.tracks()) expect(library.trackFile(id)).toBe(join(folder, path))
  })

  test('is sent in events of at most 200 tracks, the first one early', async () => {
    const folder = scratchFolder()
    makeTones(folder, { count: 500, seconds: 0.05 })
    const page = follow()
    await library.open(folder)
    await page.end()
    const sizes = page.events.flatMap((event) => (event.kind === 'tracks' ? [event.tracks.length] : []))
    expect(sizes.reduce((sum, size) => sum + size)).toBe(500)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(200)
    expect(sizes[0]).toBeLessThanOrEqual(50)
  })

  test('of an empty folder has no tracks', async () => {
    const page = follow()
    await library.open(scratchFolder())
    await page.end()
    expect(page.progress()).toEqual({ ...noScan, walked: true })
  })

  test('can be the demo album, which is marked as such', async () => {
    const page = follow()
    await library.openDemo()
    await page.end()
    expect(page.events.findLast(({ kind }) => kind === 'library')).toEqual({
      kind: 'library',
      folder: 'Demo album',
      demo: true,
    })
    expect(library.opened).toEqual({ kind: 'demo' })
  })
})

describe('a page that subscribes later', () => {
  test('gets everything from the beginning', async () => {
    const folder = scratchFolder()
    makeTones(folder, { count: 450, seconds: 0.05 })
    writeFileSync(join(folder, 'broken.mp3'), '')
    await library.open(folder)
    await library.settled()
    const page = follow()
    await page.end()
    expect(page.events[0]).toMatchObject({ kind: 'library', demo: false })
    expect(page.tracks()).toHaveLength(450)
    expect(page.problems()).toHaveLength(1)
    expect(page.events.at(-1)).toMatchObject({ kind: 'scan', progress: { read: 450, unreadable: 1 } })
  })

  test('gets the failures that no page has received, once', async () => {
    hostEvents.publishFailure('It went wrong: try again.')
    const first = follow()
    await until(() => expect(first.failures()).toEqual(['It went wrong: try again.']))
    const second = follow()
    await until(() => expect(second.events.some(({ kind }) => kind === 'scan')).toBe(true))
    expect(second.failures()).toEqual([])
  })

  test('gets nothing after it has unsubscribed', async () => {
    const events: HostEvent[] = []
    const leave = hostEvents.subscribe((event) => void events.push(event))
    leave()
    await library.open(join(fixturesFolder, 'plain'))
    await library.settled()
    expect(events).toEqual([])
  })
})

describe('external files', () => {
  const outside = join(fixturesFolder, 'tones')
  const found = (...names: string[]) =>
    names.map((name) => ({ file: join(outside, name), path: join(outside, name), picture: undefined }))

  test('get tracks in their order, which stay when another folder is opened', async () => {
    const page = follow()
    await library.open(join(fixturesFolder, 'plain'))
    await page.end()
    const { tracks, problems } = await library.addExternalFiles(found('tone.ogg', 'tone.mp3'))
    expect(problems).toEqual([])
    expect(tracks.map((id) => library.trackFile(id))).toEqual([
      join(outside, 'tone.ogg'),
      join(outside, 'tone.mp3'),
    ])
    await until(() => expect(page.tracks()).toHaveLength(3))
    await library.open(scratchFolder())
    await until(() => expect(page.tracks().map(({ id }) => id)).toEqual(tracks))
    expect((await library.addExternalFiles(found('tone.mp3'))).tracks).toEqual([tracks[1]])
  })

  test('in the library’s folder are its tracks', async () => {
    const page = follow()
    await library.open(outside)
    const { tracks } = await library.addExternalFiles(found('tone.flac'))
    await page.end()
    expect(page.tracks().find(({ path }) => path === 'tone.flac')?.id).toBe(tracks[0])
    expect(page.paths().filter((path) => path.includes(outside))).toEqual([])
  })

  test('that cannot be read are reported, and the others play', async () => {
    const broken = { file: join(fixturesFolder, 'broken', 'text.mp3'), path: 'text.mp3', picture: undefined }
    const { tracks, problems } = await library.addExternalFiles([broken, ...found('tone.wav')])
    expect(tracks).toHaveLength(1)
    expect(problems).toEqual([{ path: broken.file, reason: expect.stringMatching(/^The file .+\.$/) }])
  })

  test('are sent before the request to play them, to one page, even if it subscribes later', async () => {
    const { tracks } = await library.addExternalFiles(found('tone.mp3'))
    hostEvents.publishToOne({ kind: 'play', tracks })
    const first = follow()
    const second = follow()
    await until(() => expect(first.events).toContainEqual({ kind: 'play', tracks }))
    await until(() => expect(second.events.some(({ kind }) => kind === 'scan')).toBe(true))
    const kinds = first.events.map(({ kind }) => kind)
    expect(kinds.indexOf('tracks')).toBeLessThan(kinds.indexOf('play'))
    expect(second.events.some(({ kind }) => kind === 'play')).toBe(false)
  })

  test('are read although a scan stops and another begins', async () => {
    const many = scratchFolder()
    makeTones(many, { count: 300, seconds: 0.05 })
    await library.open(many)
    const admitted = library.addExternalFiles(found('tone.mp3', 'tone.flac'))
    library.stopScan()
    await library.rescan()
    expect((await admitted).tracks).toHaveLength(2)
    await library.settled()
  })
})

describe('another scan', () => {
  test('keeps the numbers of existing files, and reuses no number', async () => {
    const folder = scratchFolder()
    copyFixtures('tones', ['tone.mp3', 'tone.flac', 'tone.ogg'], folder)
    const page = follow()
    await library.open(folder)
    await page.end()
    const before = new Map(page.tracks().map(({ path, id }) => [path, id]))
    unlinkSync(join(folder, 'tone.flac'))
    copyFileSync(join(fixturesFolder, 'tones', 'tone.opus'), join(folder, 'new.opus'))
    await library.rescan()
    await until(() => expect(page.paths()).toEqual(['new.opus', 'tone.flac', 'tone.mp3', 'tone.ogg']))
    await page.end()
    const missing = page.tracks().filter(({ unavailable }) => unavailable !== undefined)
    expect(missing.map(({ path, unavailable }) => [path, unavailable])).toEqual([
      ['tone.flac', 'fileMissing'],
    ])
    const after = new Map(page.tracks().map(({ path, id }) => [path, id]))
    expect(after.get('tone.mp3')).toBe(before.get('tone.mp3'))
    expect(after.get('tone.ogg')).toBe(before.get('tone.ogg'))
    expect([...before.values()]).not.toContain(after.get('new.opus'))
  })

  test('replaces a running one, and only its tracks are sent', async () => {
    const many = scratchFolder()
    makeTones(many, { count: 600, seconds: 0.05 })
    const page = follow()
    atFirstTracks(() => void library.open(join(fixturesFolder, 'plain')))
    await library.open(many)
    await until(() => expect(page.paths()).toEqual(['No tags at all.mp3']))
    await page.end()
    expect(page.progress()).toMatchObject({ found: 1, read: 1 })
    expect(page.paths()).toEqual(['No tags at all.mp3'])
  })

  test('can be stopped, and its tracks stay', async () => {
    const many = scratchFolder()
    makeTones(many, { count: 1500, seconds: 0.05 })
    const page = follow()
    atFirstTracks(() => library.stopScan())
    await library.open(many)
    await until(() => expect(page.progress()).toMatchObject({ running: false, stopped: true }))
    await library.settled()
    const { read } = page.progress() ?? { read: 0 }
    expect(read).toBeGreaterThan(0)
    expect(read).toBeLessThan(1500)
    await until(() => expect(page.tracks()).toHaveLength(read))
    await library.rescan()
    await until(() => expect(page.tracks()).toHaveLength(1500))
    await page.end()
    expect(page.progress()).toMatchObject({ found: 1500, read: 1500, stopped: false })
  })

  test('of a missing folder, or of one that was never opened, is rejected with a sentence', async () => {
    await expect(library.rescan()).rejects.toThrow('There is no folder to scan yet: choose one.')
    const folder = scratchFolder()
    await library.open(folder)
    rmSync(folder, { recursive: true })
    await expect(library.rescan()).rejects.toThrow(/cannot be opened: there is no such folder\.$/)
  })
})

describe('a folder that cannot be opened', () => {
  test('does not change the library', async () => {
    const page = follow()
    await library.open(join(fixturesFolder, 'plain'))
    await page.end()
    const file = join(scratchFolder(), 'file')
    writeFileSync(file, '')
    await expect(library.open(file)).rejects.toThrow(/it is a file. Choose the folder it is in\.$/)
    await expect(library.open(join(file, '..', 'gone'))).rejects.toThrow(/there is no such folder\.$/)
    expect(page.paths()).toEqual(['No tags at all.mp3'])
    expect(library.opened).toMatchObject({ kind: 'folder', folder: join(fixturesFolder, 'plain') })
  })
})

describe('a scan thread that is killed', () => {
  test('is replaced under the same name, and every file is read', async () => {
    const many = scratchFolder()
    makeTones(many, { count: 800, seconds: 0.05 })
    const page = follow()
    const victim = enumerate().find(({ name }) => name === 'scan-1')?.ident ?? 0
    atFirstTracks(() => killThread(victim))
    await library.open(many)
    await page.end()
    expect(page.tracks()).toHaveLength(800)
    expect(page.problems()).toEqual([])
    const names = enumerate().map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['main', 'scan-1', 'scan-2']))
    expect(enumerate().find(({ name }) => name === 'scan-1')?.ident).not.toBe(victim)
  })
})

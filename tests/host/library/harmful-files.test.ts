import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { HostEvents } from '../../../electron/host/host-events.ts'
import { Covers } from '../../../electron/library/covers.ts'
import { Library } from '../../../electron/library/library.ts'
import { ScanWorkerPool } from '../../../electron/library/scan-worker-pool.ts'
import type { HostEvent } from '../../../shared/host-api.ts'
import { fixturesFolder } from '../../fixtures/fixture-files.ts'
import { canHang, mountHangingDisk } from '../../fixtures/hanging-disk/hanging-disk.ts'
import { makeTones } from '../../fixtures/make-libraries.ts'
import { scratchFolder, until } from '../scratch.ts'
import { tracksOfEvent } from '../tracks-of-event.ts'
import { openDatabase } from './open-database.ts'

const isLinux = process.platform === 'linux'
const song = join(fixturesFolder, 'tones', 'tone.mp3')

let pool: ScanWorkerPool
let library: Library
let events: HostEvent[]

beforeEach(() => {
  pool = new ScanWorkerPool(2)
  const hostEvents = new HostEvents()
  library = new Library({
    workerPool: pool,
    database: openDatabase(),
    publisher: hostEvents,
    demoFolder: fixturesFolder,
  })
  events = []
  onTestFinished(hostEvents.subscribe((event) => void events.push(event)))
})
afterEach(async () => {
  await pool.close()
})

const present = () => events.slice(events.findLastIndex(({ kind }) => kind === 'library'))
const tracks = () => present().flatMap(tracksOfEvent)
const problems = () => present().flatMap((event) => (event.kind === 'problems' ? event.problems : []))

async function scan(folder: string): Promise<void> {
  await library.open(folder)
  await library.settled()
  await until(() =>
    expect(present().findLast((event) => event.kind === 'scan')?.progress).toMatchObject({
      running: false,
      walked: true,
    }),
  )
}

/** Returns an MP3 file whose tag has one frame with this text. */
function songWithFrame(name: string, text: Buffer): Buffer {
  const frame = Buffer.concat([Buffer.from(name), synchsafe(text.length + 1), Buffer.from([0, 0, 0]), text])
  const header = Buffer.concat([Buffer.from('ID3\x04\0\0', 'latin1'), synchsafe(frame.length)])
  return Buffer.concat([header, frame, readFileSync(join(fixturesFolder, 'plain', 'No tags at all.mp3'))])
}

function synchsafe(value: number): Buffer {
  return Buffer.from([value >>> 21, (value >>> 14) & 0x7f, (value >>> 7) & 0x7f, value & 0x7f])
}

describe('a cover that is read for the window', () => {
  /** A picture of this many bytes: a header and padding. */
  const paddedPicture = (bytes: number, shade: number): Buffer => {
    const picture = Buffer.alloc(bytes, shade)
    readFileSync(join(fixturesFolder, 'covered', 'cover.jpg')).copy(picture)
    return picture
  }

  test('arrives although it is as large as a cover may be, with many others at the same time', async () => {
    const folder = scratchFolder()
    for (let album = 1; album <= 8; album++) {
      mkdirSync(join(folder, `${album}`))
      copyFileSync(
        join(fixturesFolder, 'covered', 'beside-a-cover.mp3'),
        join(folder, `${album}`, 'song.mp3'),
      )
      writeFileSync(join(folder, `${album}`, 'cover.jpg'), paddedPicture(15_000_000, album))
    }
    await scan(folder)
    const covers = tracks().map(({ cover }) => cover ?? 0)
    expect(new Set(covers).size).toBe(8)
    const pictures = await Promise.all(covers.map((cover) => library.cover(cover)))
    expect(pictures.map((picture) => picture?.bytes.length)).toEqual(covers.map(() => 15_000_000))
  }, 60_000)

  test.runIf(isLinux)(
    'is missing if a pipe took the place of its file, and the next one arrives',
    async () => {
      const folder = scratchFolder()
      const [piped, intact] = [join(folder, 'a'), join(folder, 'b')]
      for (const [index, album] of [piped, intact].entries()) {
        mkdirSync(album)
        copyFileSync(join(fixturesFolder, 'covered', 'beside-a-cover.mp3'), join(album, 'song.mp3'))
        writeFileSync(join(album, 'cover.jpg'), paddedPicture(20_000, index))
      }
      await scan(folder)
      rmSync(join(piped, 'cover.jpg'))
      execFileSync('mkfifo', [join(piped, 'cover.jpg')])
      const coverIn = (album: string) => tracks().find(({ path }) => path.startsWith(`${album}/`))?.cover ?? 0
      expect(await library.cover(coverIn('a'))).toBeUndefined()
      expect((await library.cover(coverIn('b')))?.bytes.length).toBe(20_000)
    },
  )

  test('is parsed in a scan thread, so that main goes on at once', async () => {
    const covers = new Covers(
      (file, location) => pool.readCover(file, location),
      async () => ({ key: 'key', sources: [{ file: song, location: 'embedded' }] }),
    )
    expect(await covers.read(1)).toMatchObject({ type: 'image/jpeg' })
    // A read in main would need no thread.
    await pool.close()
    expect(await covers.read(2)).toBeUndefined()
  })
})

describe.runIf(isLinux)('a cover that is no regular file', () => {
  test.each([
    { name: 'a pipe', make: (path: string) => void execFileSync('mkfifo', [path]) },
    { name: 'an endless device', make: (path: string) => symlinkSync('/dev/zero', path) },
    { name: 'a terminal', make: (path: string) => symlinkSync('/dev/tty', path) },
    { name: 'a folder', make: (path: string) => mkdirSync(path) },
  ])('does not stop the scan: $name', async ({ make }) => {
    const folder = scratchFolder()
    copyFileSync(join(fixturesFolder, 'plain', 'No tags at all.mp3'), join(folder, 'song.mp3'))
    make(join(folder, 'cover.jpg'))
    await scan(folder)
    expect(tracks().map(({ path, cover }) => ({ path, cover }))).toEqual([
      { path: 'song.mp3', cover: undefined },
    ])
  })
})

describe('a tag with very many values', () => {
  test.each([
    { name: 'artists in 10 MB', frame: 'TPE1', values: 5_000_000 },
    { name: 'genres', frame: 'TCON', values: 80_000 },
    { name: 'composers', frame: 'TCOM', values: 1_000_000 },
  ])('costs no other song: $name', { timeout: 120_000 }, async ({ frame, values }) => {
    const folder = scratchFolder()
    const bomb = songWithFrame(frame, Buffer.from('a\0'.repeat(values)))
    writeFileSync(join(folder, 'bomb 1.mp3'), bomb)
    writeFileSync(join(folder, 'bomb 2.mp3'), bomb)
    for (let index = 1; index <= 9; index++) copyFileSync(song, join(folder, `song ${index}.mp3`))
    await library.open(folder)
    await library.settled()
    await until(() => expect(tracks().filter(({ path }) => path.startsWith('song'))).toHaveLength(9))
    // A bomb is listed or reported, but never lost.
    await until(() => expect(tracks().length + problems().length).toBe(11))
    expect(process.memoryUsage.rss()).toBeLessThan(2e9)
  })
})

describe.runIf(canHang)('a disk that stops to respond while songs are read', () => {
  test('costs its own songs, and a thread that does not return is left behind', {
    timeout: 60_000,
  }, async () => {
    const disk = await mountHangingDisk()
    onTestFinished(() => disk.remove())
    makeTones(disk.source, { count: 60, seconds: 0.05 })
    const names = readdirSync(disk.source, { recursive: true, encoding: 'utf8' })
    const files = names.filter((name) => name.endsWith('.mp3') || name.endsWith('.wav'))
    disk.hang()
    const onDisk = files.map((path) => ({ file: join(disk.path, path), path, picture: undefined }))
    const elsewhere = { file: song, path: song, picture: undefined }
    const [first, ...hanging] = await pool.readExternal([elsewhere, ...onDisk])
    expect(hanging).toHaveLength(60)
    for (const result of hanging) expect(result).toEqual({ reason: expect.stringMatching(/^The disk/) })
    expect(first).toMatchObject({ tags: { title: expect.any(String) } })
    expect(await pool.readExternal([elsewhere])).toEqual([first])
    const start = performance.now()
    expect(await pool.close()).toBe(false)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

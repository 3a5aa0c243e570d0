import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { HostEvents } from '../../../electron/host/host-events.ts'
import type { LaunchRequest } from '../../../electron/host/launch-request.ts'
import { LaunchRequestQueue } from '../../../electron/host/launch-request-queue.ts'
import { Library } from '../../../electron/library/library.ts'
import { ScanWorkerPool } from '../../../electron/library/scan-worker-pool.ts'
import type { SavedState } from '../../../electron/storage/settings-format.ts'
import { defaultSettings, type HostEvent } from '../../../shared/host-api.ts'
import { fixturesFolder } from '../../fixtures/fixture-files.ts'
import { copyFixtures } from '../../fixtures/make-libraries.ts'
import { openDatabase } from '../library/open-database.ts'
import { scratchFolder, until } from '../scratch.ts'
import { tracksOfEvent } from '../tracks-of-event.ts'

const nothingSaved: SavedState = { settings: defaultSettings, library: undefined }

let workerPool: ScanWorkerPool
let library: Library
let hostEvents: HostEvents
let launchRequests: LaunchRequestQueue
/** Folders that were opened by request, which are remembered for the next start. */
let openedFolders: string[]
let music: string

beforeAll(() => {
  workerPool = new ScanWorkerPool(2)
})
afterAll(async () => await workerPool.close())
beforeEach(() => {
  hostEvents = new HostEvents()
  library = new Library({
    workerPool,
    database: openDatabase(),
    publisher: hostEvents,
    demoFolder: join(fixturesFolder, 'tones'),
  })
  openedFolders = []
  launchRequests = new LaunchRequestQueue(library, hostEvents, async (folder) => {
    openedFolders.push(folder)
    await library.open(folder)
  })
  music = scratchFolder()
  copyFixtures('tones', ['tone.flac', 'tone.mp3', 'tone.ogg'], music)
})

const song = (name: string) => join(music, name)

/** Subscribes like a page, and returns what the requests sent it: each track by its file. */
function follow() {
  const events: HostEvent[] = []
  onTestFinished(hostEvents.subscribe((event) => void events.push(event)))
  const fileOf = (id: number) => library.trackFile(id)
  return {
    requests: () =>
      events.flatMap((event): object[] => {
        switch (event.kind) {
          case 'play':
          case 'enqueue':
            return [{ kind: event.kind, files: event.tracks.map(fileOf) }]
          case 'resume': {
            const { track, position, queue } = event.session
            return [{ kind: event.kind, file: fileOf(track), position, queue: queue.map(fileOf) }]
          }
          case 'command':
            return [event]
          default:
            return []
        }
      }),
    failures: () => events.flatMap((event) => (event.kind === 'failure' ? [event.message] : [])),
    /** The numbers of the tracks that were listed before the first event of a kind. */
    listedBefore: (kind: HostEvent['kind']) =>
      events
        .slice(
          0,
          events.findIndex((event) => event.kind === kind),
        )
        .flatMap(tracksOfEvent)
        .map(({ id }) => library.trackFile(id)),
  }
}

describe("this process's own start", () => {
  test('with files plays them, in the sequence of the command line', async () => {
    launchRequests.runFirst({ kind: 'open', paths: [song('tone.ogg'), song('tone.mp3')] }, nothingSaved)
    const page = follow()
    const files = [song('tone.ogg'), song('tone.mp3')]
    await until(() => expect(page.requests()).toEqual([{ kind: 'play', files }]))
    expect(page.listedBefore('play').sort()).toEqual([...files].sort())
    expect(openedFolders).toEqual([])
  })

  test('with a folder opens it instead of the last one, and restores no song', async () => {
    const saved: SavedState = {
      ...nothingSaved,
      library: { kind: 'folder', folder: join(fixturesFolder, 'plain') },
      session: { file: song('tone.mp3'), position: 1, queue: [] },
    }
    launchRequests.runFirst({ kind: 'open', paths: [music] }, saved)
    await until(() => expect(openedFolders).toEqual([music]))
    await library.settled()
    const page = follow()
    launchRequests.run({ kind: 'command', command: 'next' })
    await until(() => expect(page.requests()).toHaveLength(1))
    expect(page.requests()).toEqual([{ kind: 'command', command: 'next' }])
    expect(library.opened).toEqual({ kind: 'folder', folder: music })
  })

  test('without a request restores the last folder, song and queue', async () => {
    const saved: SavedState = {
      ...nothingSaved,
      library: { kind: 'folder', folder: music },
      session: { file: song('tone.mp3'), position: 1.5, queue: [song('tone.ogg')] },
    }
    launchRequests.runFirst({ kind: 'show' }, saved)
    const page = follow()
    const resumed = { kind: 'resume', file: song('tone.mp3'), position: 1.5, queue: [song('tone.ogg')] }
    await until(() => expect(page.requests()).toEqual([resumed]))
    expect(library.opened).toEqual({ kind: 'folder', folder: music })
    expect(openedFolders).toEqual([])
  })

  test('restores of a session what still exists', async () => {
    writeFileSync(song('damaged.mp3'), '')
    const saved: SavedState = {
      ...nothingSaved,
      session: { file: song('gone.mp3'), position: 9, queue: [song('damaged.mp3'), song('tone.ogg')] },
    }
    launchRequests.runFirst({ kind: 'show' }, saved)
    const page = follow()
    const resumed = { kind: 'resume', file: undefined, position: 9, queue: [song('tone.ogg')] }
    await until(() => expect(page.requests()).toEqual([resumed]))
    expect(page.failures()).toEqual([])
  })

  test('with files restores the queue, but not the song, and plays the files', async () => {
    const saved: SavedState = {
      ...nothingSaved,
      session: { file: song('tone.mp3'), position: 1, queue: [song('tone.ogg')] },
    }
    launchRequests.runFirst({ kind: 'open', paths: [song('tone.flac')] }, saved)
    const page = follow()
    await until(() =>
      expect(page.requests()).toEqual([
        { kind: 'resume', file: undefined, position: 1, queue: [song('tone.ogg')] },
        { kind: 'play', files: [song('tone.flac')] },
      ]),
    )
  })

  test('runs its request even if the last folder is gone, and says so', async () => {
    const folder = join(music, 'gone')
    const saved: SavedState = { ...nothingSaved, library: { kind: 'folder', folder } }
    launchRequests.runFirst({ kind: 'open', paths: [song('tone.mp3')] }, saved)
    const page = follow()
    await until(() => expect(page.requests()).toEqual([{ kind: 'play', files: [song('tone.mp3')] }]))
    expect(page.failures()).toEqual([`${folder} cannot be opened: there is no such folder.`])
  })
})

describe('a later request', () => {
  test('before the first one waits for it, and several run in their sequence', async () => {
    launchRequests.run({ kind: 'enqueue', paths: [song('tone.mp3')] })
    launchRequests.run({ kind: 'open', paths: [song('tone.ogg')] })
    launchRequests.runFirst({ kind: 'open', paths: [song('tone.flac')] }, nothingSaved)
    const page = follow()
    await until(() =>
      expect(page.requests()).toEqual([
        { kind: 'play', files: [song('tone.flac')] },
        { kind: 'enqueue', files: [song('tone.mp3')] },
        { kind: 'play', files: [song('tone.ogg')] },
      ]),
    )
  })

  test('that fails does not keep those after it from running', async () => {
    const page = follow()
    launchRequests.runFirst({ kind: 'show' }, nothingSaved)
    launchRequests.run({ kind: 'open', paths: [join(music, 'gone')] })
    launchRequests.run({ kind: 'open', paths: [song('gone.mp3')] })
    launchRequests.run({ kind: 'open', paths: [song('tone.mp3')] })
    await until(() => expect(page.requests()).toEqual([{ kind: 'play', files: [song('tone.mp3')] }]))
    expect(page.failures()).toEqual([
      `${join(music, 'gone')} cannot be opened: there is no such folder.`,
      expect.stringContaining(song('gone.mp3')),
    ])
  })

  test('that is a command does not wait for those before it', async () => {
    const page = follow()
    launchRequests.run({ kind: 'open', paths: [song('tone.mp3')] })
    launchRequests.run({ kind: 'command', command: 'play-pause' })
    await until(() => expect(page.requests()).toEqual([{ kind: 'command', command: 'play-pause' }]))
    launchRequests.runFirst({ kind: 'show' }, nothingSaved)
    await until(() => expect(page.requests()).toHaveLength(2))
  })

  test('with a folder opens it as the library', async () => {
    launchRequests.runFirst({ kind: 'show' }, nothingSaved)
    launchRequests.run({ kind: 'open', paths: [music] })
    await until(() => expect(openedFolders).toEqual([music]))
  })

  test('with two folders plays the files of both, and keeps the library', async () => {
    const folders = [join(music, 'b'), join(music, 'a')]
    for (const folder of folders) {
      mkdirSync(folder)
      copyFixtures('tones', ['tone.mp3'], folder)
    }
    const page = follow()
    launchRequests.runFirst({ kind: 'show' }, nothingSaved)
    launchRequests.run({ kind: 'open', paths: folders })
    const files = folders.map((folder) => join(folder, 'tone.mp3'))
    await until(() => expect(page.requests()).toEqual([{ kind: 'play', files }]))
    expect(openedFolders).toEqual([])
  })

  test.each<LaunchRequest['kind']>(['open', 'enqueue'])(
    'that names files of which some cannot be read (%s) uses the others and reports once',
    async (kind) => {
      writeFileSync(song('notes.txt'), 'no music')
      const paths = [song('notes.txt'), song('tone.mp3'), song('gone.mp3')]
      const page = follow()
      launchRequests.runFirst({ kind: 'show' }, nothingSaved)
      launchRequests.run({ kind, paths } as LaunchRequest)
      const sent = kind === 'open' ? 'play' : 'enqueue'
      await until(() => expect(page.requests()).toEqual([{ kind: sent, files: [song('tone.mp3')] }]))
      await until(() => expect(page.failures()).toEqual([expect.stringContaining(song('notes.txt'))]))
    },
  )

  test('with folders without music says so', async () => {
    const folders = [scratchFolder(), scratchFolder()]
    const page = follow()
    launchRequests.runFirst({ kind: 'show' }, nothingSaved)
    launchRequests.run({ kind: 'open', paths: folders })
    await until(() => expect(page.failures()).toEqual([`There is no music in ${folders.join(', ')}.`]))
  })

  test('with a name that no file can have is reported as a file that is not there', async () => {
    const page = follow()
    launchRequests.runFirst({ kind: 'show' }, nothingSaved)
    launchRequests.run({ kind: 'open', paths: [song('a\0b.mp3')] })
    await until(() => expect(page.failures()).toHaveLength(1))
    expect(page.failures()[0]).not.toContain('host failed')
  })

  test('with a playlist plays what it lists, and searches the rest in the open folder', async () => {
    const elsewhere = scratchFolder()
    const playlist = join(elsewhere, 'list.m3u')
    writeFileSync(playlist, 'D:\\Music\\Album\\Tone.OGG\r\nhttp://radio/x.mp3\r\ngone.mp3\r\n')
    const page = follow()
    launchRequests.runFirst({ kind: 'open', paths: [music] }, nothingSaved)
    launchRequests.run({ kind: 'open', paths: [playlist] })
    await until(() => expect(page.requests()).toEqual([{ kind: 'play', files: [song('tone.ogg')] }]))
    await until(() =>
      expect(page.failures()).toEqual([
        expect.stringMatching(
          /^.?http:\/\/radio\/x\.mp3.? \(and 1 more\) cannot be played\. This is an address/,
        ),
      ]),
    )
  })

  test('that queues more songs than fit says how many were left out', async () => {
    const playlist = join(music, 'list.m3u')
    writeFileSync(playlist, 'tone.ogg\n'.repeat(10_003))
    const page = follow()
    launchRequests.runFirst({ kind: 'enqueue', paths: [playlist] }, nothingSaved)
    await until(() => expect(page.failures()).toEqual(['Up next takes up to 10000 songs: 3 were left out.']))
    expect(page.requests()).toMatchObject([{ kind: 'enqueue' }])
  })
})

import type { Queue } from '@skein/threading'
import { expect, onTestFinished, test } from 'vitest'
import { InputHandler } from '../../../renderer/workers/input-thread.ts'
import { createPlayerChannels } from '../../../renderer/workers/player-channels.ts'
import { maxQueuedSongs } from '../../../shared/player/listener-queue.ts'
import type { Answer, Input } from '../../../shared/player/messages.ts'
import { UpNext } from '../../../shared/player/up-next.ts'
import { createTrack } from '../../shared-library/create-track.ts'

const shown = (request: number, text = ''): Input => ({
  kind: 'list',
  request,
  list: { kind: 'tracks' },
  text,
  sort: [{ column: 'title', descending: false }],
  from: 0,
  count: 10,
})
const tracks = (...ids: number[]): Input => ({
  kind: 'libraryTracks',
  tracks: ids.map((id) => createTrack(id, { title: `Song ${id}` })),
})

function takeAll(queue: Queue<Answer>): Answer[] {
  const answers: Answer[] = []
  while (!queue.empty()) answers.push(queue.getNowait())
  return answers
}

/** Runs the input handler without a thread: `send` handles one burst, `list` returns the list to play. */
function createInputHandler() {
  const channels = createPlayerChannels()
  const upNext = new UpNext(channels.upNext)
  const thread = new InputHandler(channels)
  onTestFinished(() => {
    // The memory has no room for those of all tests.
    channels.upNext.block.dispose()
    channels.pcm.dispose()
  })
  return {
    send: (...inputs: Input[]) => {
      for (const input of inputs) thread.handle(input)
      // No list waits for a later time.
      thread.sendChanges(Number.POSITIVE_INFINITY)
    },
    list: () => Array.from(upNext.list),
    thread,
    queue: () => Array.from(upNext.tryReadPlan()?.queue ?? []),
    /** Takes what the window gets. */
    answers: () => takeAll(channels.answers),
    /** Records whether a song is current, like playback. */
    play: (isPlaying: boolean) => {
      using _ = upNext.hold()
      upNext.setActive(isPlaying)
    },
  }
}

test('after another folder was opened, Play starts that folder once the previous song has ended', () => {
  const { send, list, play } = createInputHandler()
  send(shown(1), tracks(1, 2), { kind: 'play' })
  play(true)
  send({ kind: 'libraryCleared' }, shown(2), tracks(3, 4))
  send({ kind: 'next' })
  expect(list()).toEqual([1, 2])
  play(false)
  send({ kind: 'play' })
  expect(list()).toEqual([3, 4])
})

test('Play restarts the same list after its end', () => {
  const { send, list, play } = createInputHandler()
  send(shown(1), tracks(1, 2, 3), { kind: 'playTrack', track: 2 })
  play(true)
  play(false)
  send(shown(2, 'Song 3'), { kind: 'play' })
  expect(list()).toEqual([1, 2, 3])
})

test('songs that the scan finds extend the list that plays, also after a search', () => {
  const { send, list } = createInputHandler()
  send(shown(1), tracks(1, 2), { kind: 'play' })
  send(tracks(3))
  expect(list()).toEqual([1, 2, 3])
  send(shown(2, 'Song 4'))
  send(tracks(4))
  expect(list()).toEqual([1, 2, 3])
  send(shown(3))
  expect(list()).toEqual([1, 2, 3, 4])
})

/** The newest list that the window has got, with the titles of its items. */
function newestList(answers: readonly Answer[]) {
  const list = answers.findLast((answer) => answer.kind === 'list')
  if (list?.kind !== 'list') throw new Error('no list was sent')
  const titles = list.items.items.map((item) => (item.kind === 'track' ? item.track.title : item.kind))
  return { ...list.summary, titles }
}

test('a list arrives with its first items, and again after each change', () => {
  const { send, answers } = createInputHandler()
  send(tracks(1, 2), shown(1))
  const first = newestList(answers())
  expect(first).toMatchObject({ request: 1, count: 2, titles: ['Song 1', 'Song 2'] })
  send(tracks(3))
  const second = newestList(answers())
  expect(second).toMatchObject({ request: 1, count: 3, titles: ['Song 1', 'Song 2', 'Song 3'] })
  expect(second.version).toBeGreaterThan(first.version)
  send({ kind: 'libraryTracksRemoved', ids: Int32Array.of(2) })
  expect(newestList(answers()).titles).toEqual(['Song 1', 'Song 3'])
  send({ kind: 'play' })
  expect(answers()).toEqual([])
})

test('a click counts for the item that the window showed, although the list has changed since', () => {
  const { send, list, queue, answers } = createInputHandler()
  send(shown(1), tracks(2, 3))
  const { request, version } = newestList(answers())
  send(tracks(1), { kind: 'playItem', request, version, index: 0 })
  expect(list()).toEqual([2, 3])
  expect(answers().flatMap((answer) => (answer.kind === 'tracks' ? answer.tracks : []))[0]?.id).toBe(2)
  const selection = { request, version, ranges: Int32Array.of(1, 2) }
  send({ kind: 'enqueueItems', at: 'end', ...selection })
  send({ kind: 'enqueueItems', at: 'next', ...selection, ranges: Int32Array.of(0, 1) })
  expect(queue()).toEqual([2, 3])
  answers()
  send({ kind: 'resolveItems', token: 5, ...selection }, { kind: 'locateItems', token: 6, items: [3, 9] })
  expect(answers()).toEqual([
    { kind: 'resolved', token: 5, tracks: Int32Array.of(3) },
    { kind: 'located', token: 6, indexes: Int32Array.of(2, -1) },
  ])
})

test.each(['end', 'next'] as const)('songs that do not fit at the %s of Up next are reported', (at) => {
  const { send, queue, answers } = createInputHandler()
  const songs = (count: number, first = 1) => Int32Array.from({ length: count }, (_, index) => first + index)
  const reports = () => answers().filter(({ kind }) => kind === 'queueFull')
  send({ kind: 'enqueue', tracks: songs(maxQueuedSongs - 2), at: 'end' })
  expect(reports()).toEqual([])
  send({ kind: 'enqueue', tracks: songs(5, 90_001), at })
  expect(reports()).toEqual([{ kind: 'queueFull', leftOut: 3 }])
  const added = at === 'end' ? queue().slice(-2) : queue().slice(0, 2)
  expect(added).toEqual([90_001, 90_002])
  expect(queue()).toHaveLength(maxQueuedSongs)
  send({ kind: 'enqueue', tracks: songs(1), at })
  expect(reports()).toEqual([{ kind: 'queueFull', leftOut: 1 }])
})

test('watched tracks are sent when they are known, and again when they change', () => {
  const { send, answers } = createInputHandler()
  const sentTitles = () =>
    answers().flatMap((answer) => (answer.kind === 'tracks' ? answer.tracks.map(({ title }) => title) : []))
  send({ kind: 'tracks', ids: Int32Array.of(1, 2) })
  expect(sentTitles()).toEqual([])
  send(tracks(1, 3))
  expect(sentTitles()).toEqual(['Song 1'])
  send({ kind: 'libraryTracks', tracks: [createTrack(1, { title: 'Renamed' })] })
  expect(sentTitles()).toEqual(['Renamed'])
})

test('songs of the previous library that play or are watched stay known', () => {
  const { send, play, answers } = createInputHandler()
  const knownTracks = (...ids: number[]) => {
    send({ kind: 'tracks', ids: Int32Array.of() })
    answers()
    send({ kind: 'tracks', ids: Int32Array.from(ids) })
    return answers().flatMap((answer) => (answer.kind === 'tracks' ? answer.tracks.map(({ id }) => id) : []))
  }
  send(shown(1), tracks(1, 2, 3), { kind: 'playTracks', tracks: Int32Array.of(1, 2) })
  play(true)
  send({ kind: 'libraryCleared' }, tracks(4))
  expect(knownTracks(1, 2, 3, 4)).toEqual([1, 2, 4])
  send({ kind: 'libraryCleared' }, tracks(5))
  expect(knownTracks(1, 2, 4, 5)).toEqual([1, 2, 4, 5])
})

test('a list is sent immediately if the window requests it, and else only after a while', () => {
  const { thread, answers } = createInputHandler()
  const isListSent = () => answers().some(({ kind }) => kind === 'list')
  const start = Date.now()
  thread.handle(tracks(1))
  thread.sendChanges(start)
  expect(isListSent()).toBe(false)
  thread.handle(shown(1))
  thread.sendChanges(start)
  expect(isListSent()).toBe(true)
  thread.handle(tracks(2))
  thread.sendChanges(start)
  expect(isListSent()).toBe(false)
  expect(thread.timeout(start)).toBeGreaterThan(0)
  thread.sendChanges(start + 1000 + (thread.timeout(start) ?? 0))
  expect(isListSent()).toBe(true)
  thread.handle(tracks(3))
  thread.handle(shown(2))
  thread.sendChanges(start)
  expect(isListSent()).toBe(true)
})

test('an idle thread prepares the next search, and then waits without a timeout', () => {
  const { thread, send } = createInputHandler()
  expect(thread.timeout(0)).toBeUndefined()
  send(shown(1), tracks(1, 2))
  for (let part = 0; thread.timeout(0) !== undefined; part++) {
    expect(part).toBeLessThan(10)
    thread.prepare()
  }
})

test('an item is found by the beginning of its name, with or without its article', () => {
  const { send, answers } = createInputHandler()
  const songs = ['Alpha', 'The Bell', 'Çello'].map((title, index) => createTrack(index + 1, { title }))
  send({ kind: 'libraryTracks', tracks: songs }, shown(1))
  answers()
  const found = (text: string) => {
    send({ kind: 'findItem', token: 7, text })
    return answers().flatMap((answer) => (answer.kind === 'located' ? [...answer.indexes] : []))
  }
  const bell = found('b')
  expect(bell).toHaveLength(1)
  expect(bell).not.toEqual([-1])
  expect(found('BE')).toEqual(bell)
  expect(found('the b')).toEqual(bell)
  expect(found('c')).not.toEqual([-1])
  expect(found('x')).toEqual([-1])
})

test('the tracks of a list that is not shown are returned', () => {
  const { send, answers } = createInputHandler()
  const inAlbum = (id: number, album: string) => createTrack(id, { album, artists: ['Anna'], number: id })
  send({ kind: 'libraryTracks', tracks: [inAlbum(1, 'Ash'), inAlbum(2, 'Elm'), inAlbum(3, 'Ash')] }, shown(1))
  const list = answers().find((answer) => answer.kind === 'list')
  const first = list?.kind === 'list' ? list.items.items[0] : undefined
  const key = first?.kind === 'track' ? (first.albumKey ?? '') : ''
  send({ kind: 'resolveList', token: 8, list: { kind: 'album', key } })
  const [answer] = answers()
  expect(answer).toEqual({ kind: 'resolved', token: 8, tracks: Int32Array.of(1, 3) })
})

test('a chunk of stored tracks is in the list, with paths as they are shown, and makes room for the next one', () => {
  const { send, answers } = createInputHandler()
  const stored = (id: number, folderId: number, path: string) => {
    const {
      id: _,
      path: __,
      cover,
      addedAt,
      rating,
      playCount,
      lastPlayedAt,
      unavailable,
      ...tags
    } = createTrack(id, { title: `Song ${id}` })
    return {
      id,
      folderId,
      path,
      tags,
      cover: null,
      addedAt,
      rating: 3.5,
      playCount,
      lastPlayedAt: null,
      unavailable: null,
    }
  }
  const text = JSON.stringify([stored(1, 7, 'a/caf\udce9.mp3'), stored(2, 8, 'b.mp3')])
  send({ kind: 'storedTracks', text, labels: { 8: 'Second' } }, shown(1))
  const given = answers()
  expect(given.filter(({ kind }) => kind === 'chunkTaken')).toHaveLength(1)
  const list = given.find((answer) => answer.kind === 'list')
  const items = list?.items.items.flatMap((item) => (item.kind === 'track' ? [item.track] : []))
  expect(items).toMatchObject([
    { id: 1, title: 'Song 1', path: 'a/caf\ufffd.mp3', rating: 3.5 },
    { id: 2, title: 'Song 2', path: 'Second/b.mp3' },
  ])
  expect(items?.[0]).toMatchObject({ cover: undefined, lastPlayedAt: undefined, unavailable: undefined })
})

import { closePool } from '@skein/threading'
import { startProcess } from '@skein/threading/node'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { superviseThreads } from '../../../renderer/session/supervisor.ts'
import { createPlayerChannels, shutDownPlayer } from '../../../renderer/workers/player-channels.ts'
import type { ListRequest } from '../../../shared/library/library-list.ts'
import type { Answer } from '../../../shared/player/messages.ts'
import { createTrack } from '../../shared-library/create-track.ts'

beforeAll(() =>
  startProcess({
    name: 'player',
    workers: 5,
    entry: new URL('./player-worker-on-node.ts', import.meta.url),
  }),
)
afterAll(closePool)

const trackCount = 2_000

/** Starts the three threads with a library of albums of ten tracks. */
function startWithLibrary() {
  const channels = createPlayerChannels()
  superviseThreads(channels, { onReplaced: () => {}, onLost: () => {} })
  onTestFinished(() => shutDownPlayer(channels))
  const titleOf = (id: number) => `Song ${id}`
  for (let first = 1; first <= trackCount; first += 200) {
    const tracks = Array.from({ length: 200 }, (_, index) => {
      const id = first + index
      const album = Math.ceil(id / 10)
      return createTrack(id, {
        title: titleOf(id),
        album: `Album ${album}`,
        artists: [`Artist ${album % 7}`],
      })
    })
    channels.inputs.put({ kind: 'libraryTracks', tracks })
  }
  let lastRequest = 0
  const request = (change: Partial<ListRequest>) =>
    channels.inputs.put({
      kind: 'list',
      request: ++lastRequest,
      list: { kind: 'tracks' },
      text: '',
      sort: [],
      from: 0,
      count: 50,
      ...change,
    })
  const answer = async <Kind extends Answer['kind']>(
    kind: Kind,
    isWanted: (answer: Extract<Answer, { kind: Kind }>) => boolean = () => true,
  ): Promise<Extract<Answer, { kind: Kind }>> => {
    for (;;) {
      const next = await channels.answers.getAsync()
      if (next.kind === kind && isWanted(next as Extract<Answer, { kind: Kind }>))
        return next as Extract<Answer, { kind: Kind }>
    }
  }
  return { channels, request, answer, requestNumber: () => lastRequest }
}

test('a growing library is sent in lists until the window has all of it, without further inputs', async () => {
  const { request, answer, channels } = startWithLibrary()
  request({})
  const { summary } = await answer('list', ({ summary }) => summary.count === trackCount)
  expect(summary.duration).toBe(0)
  channels.inputs.put({ kind: 'libraryTracks', tracks: [createTrack(5_000), createTrack(5_001)] })
  channels.inputs.put({ kind: 'libraryTracksRemoved', ids: Int32Array.of(1) })
  await answer('list', ({ summary }) => summary.count === trackCount + 1)
}, 60_000)

test('items of every page arrive, searches find artists and albums, and a click plays', async () => {
  const { request, answer, channels, requestNumber } = startWithLibrary()
  request({ list: { kind: 'albums' }, sort: [{ column: 'title', descending: true }] })
  const isNewest = ({ summary }: Extract<Answer, { kind: 'list' }>) => summary.request === requestNumber()
  const albums = await answer('list', (list) => isNewest(list) && list.summary.count === 200)
  expect(albums.items.items[0]).toMatchObject({ kind: 'album', title: 'Album 200', trackCount: 10 })
  const { version } = albums.summary
  channels.inputs.put({ kind: 'items', request: requestNumber(), version, from: 150, count: 50 })
  const page = await answer('items')
  expect(page.items.items.at(-1)).toMatchObject({ title: 'Album 1' })

  request({ text: 'album:"album 200"' })
  const named = await answer('list', isNewest)
  expect(named.summary.albums.map(({ title }) => title)).toEqual(['Album 200'])
  expect(named.summary.count).toBe(10)

  channels.inputs.put({
    kind: 'playItem',
    request: requestNumber(),
    version: named.summary.version,
    index: 2,
  })
  expect((await answer('tracks')).tracks[0]?.album).toBe('Album 200')
  const requests = [await channels.audio.getAsync()]
  while (requests.at(-1)?.kind !== 'load') requests.push(await channels.audio.getAsync())
  expect(requests.at(-1)).toMatchObject({ track: 1993 })
}, 60_000)

import { expect, test } from 'vitest'
import { InputHandler } from '../../../renderer/workers/input-thread.ts'
import { createPlayerChannels } from '../../../renderer/workers/player-channels.ts'
import type { Input } from '../../../shared/player/messages.ts'
import { UpNext } from '../../../shared/player/up-next.ts'
import { createTrack } from '../../shared-library/create-track.ts'

const shown = (request: number, text = ''): Input => ({
  kind: 'search',
  request,
  text,
  sort: { column: 'title', descending: false },
})
const tracks = (...ids: number[]): Input => ({
  kind: 'libraryTracks',
  tracks: ids.map((id) => createTrack(id, { title: `Song ${id}` })),
})

/** Runs the input handler without a thread: `send` handles one burst, `list` returns the list to play. */
function createInputHandler() {
  const channels = createPlayerChannels()
  const upNext = new UpNext(channels.upNext)
  const thread = new InputHandler(channels)
  return {
    send: (...inputs: Input[]) => {
      for (const input of inputs) thread.handle(input)
      thread.sendRows()
    },
    list: () => Array.from(upNext.list),
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

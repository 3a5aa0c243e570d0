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

/** The input thread's answers without its thread: `tell` is one burst, `order` what is played then. */
function createInputHandler() {
  const wires = createPlayerChannels()
  const upNext = new UpNext(wires.upNext)
  const thread = new InputHandler(wires)
  return {
    tell: (...inputs: Input[]) => {
      for (const input of inputs) thread.handle(input)
      thread.sendRows()
    },
    order: () => Array.from(upNext.order),
    /** What playback does when a song becomes current, and when none is any more. */
    play: (isPlaying: boolean) => {
      using _ = upNext.hold()
      upNext.setOpen(isPlaying)
    },
  }
}

test('after another folder was opened, Play begins that one once the song before has ended', () => {
  const { tell, order, play } = createInputHandler()
  tell(shown(1), tracks(1, 2), { kind: 'play' })
  play(true)
  tell({ kind: 'libraryCleared' }, shown(2), tracks(3, 4))
  tell({ kind: 'next' })
  expect(order()).toEqual([1, 2])
  play(false)
  tell({ kind: 'play' })
  expect(order()).toEqual([3, 4])
})

test('Play begins the same list again when it has ended', () => {
  const { tell, order, play } = createInputHandler()
  tell(shown(1), tracks(1, 2, 3), { kind: 'playTrack', track: 2 })
  play(true)
  play(false)
  tell(shown(2, 'Song 3'), { kind: 'play' })
  expect(order()).toEqual([1, 2, 3])
})

test('songs that the scan finds join the list that is played, also after a search in between', () => {
  const { tell, order } = createInputHandler()
  tell(shown(1), tracks(1, 2), { kind: 'play' })
  tell(tracks(3))
  expect(order()).toEqual([1, 2, 3])
  tell(shown(2, 'Song 4'))
  tell(tracks(4))
  expect(order()).toEqual([1, 2, 3])
  tell(shown(3))
  expect(order()).toEqual([1, 2, 3, 4])
})

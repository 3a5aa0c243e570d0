import { expect, test } from 'vitest'
import { handleHostEvent } from '../../../renderer/session/host-event-handler.ts'
import { findTrack, useWindow } from '../../../renderer/store/window-store.ts'
import { createTrack } from '../../shared-library/create-track.ts'

const known = (id: number) => findTrack(useWindow.getState(), id)?.title
const plays = (id: number) =>
  useWindow.setState(({ player }) => ({ player: { ...player, track: id, transport: 'playing' } }))

test('the songs that play stay known when another folder is opened, outside its library', () => {
  handleHostEvent({ kind: 'library', folder: 'One', demo: false })
  handleHostEvent({ kind: 'tracks', tracks: [createTrack(1), createTrack(2)] })
  plays(1)
  handleHostEvent({ kind: 'library', folder: 'Two', demo: false })
  handleHostEvent({ kind: 'tracks', tracks: [createTrack(3)] })
  expect([known(1), known(2), known(3)]).toEqual(['Track 1', 'Track 2', 'Track 3'])
  expect([...useWindow.getState().tracks.keys()]).toEqual([3])

  handleHostEvent({ kind: 'library', folder: 'Three', demo: false })
  expect([known(1), known(2), known(3)]).toEqual(['Track 1', 'Track 2', undefined])

  handleHostEvent({ kind: 'tracks', tracks: [createTrack(4)] })
  plays(4)
  handleHostEvent({ kind: 'library', folder: 'Four', demo: false })
  expect([known(1), known(4)]).toEqual([undefined, 'Track 4'])
})

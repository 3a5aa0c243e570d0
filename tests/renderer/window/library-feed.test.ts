import { expect, test } from 'vitest'
import { hear } from '../../../renderer/app/library-feed.ts'
import { knownTrack, useWindow } from '../../../renderer/app/store.ts'
import { track } from '../../library-logic/tracks.ts'

const known = (id: number) => knownTrack(useWindow.getState(), id)?.title
const plays = (id: number) =>
  useWindow.setState(({ player }) => ({ player: { ...player, track: id, transport: 'playing' } }))

test('the songs that are played stay known when another folder is opened, and are no part of its library', () => {
  hear({ kind: 'library', folder: 'One', demo: false })
  hear({ kind: 'tracks', tracks: [track(1), track(2)] })
  plays(1)
  hear({ kind: 'library', folder: 'Two', demo: false })
  hear({ kind: 'tracks', tracks: [track(3)] })
  expect([known(1), known(2), known(3)]).toEqual(['Track 1', 'Track 2', 'Track 3'])
  expect([...useWindow.getState().tracks.keys()]).toEqual([3])

  hear({ kind: 'library', folder: 'Three', demo: false })
  expect([known(1), known(2), known(3)]).toEqual(['Track 1', 'Track 2', undefined])

  hear({ kind: 'tracks', tracks: [track(4)] })
  plays(4)
  hear({ kind: 'library', folder: 'Four', demo: false })
  expect([known(1), known(4)]).toEqual([undefined, 'Track 4'])
})

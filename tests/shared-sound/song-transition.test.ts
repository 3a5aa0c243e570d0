import { expect, test } from 'vitest'
import { transitionBetween } from '../../shared/sound/transitions/song-transition.ts'
import { createTrack } from '../shared-library/create-track.ts'

const onAlbum = (id: number, number: number, album = 'Album') =>
  createTrack(id, { album, artists: ['Artist'], number })
const fades = { crossfade: 4, crossfadeWithinAlbums: false }
const fade = { kind: 'crossfade', seconds: 4 }
const gapless = { kind: 'gapless' }

test('songs fade into each other if the user has asked for it', () => {
  const [one, other] = [onAlbum(1, 1), onAlbum(2, 5, 'Other')]
  expect(transitionBetween(one, other, fades)).toEqual(fade)
  expect(transitionBetween(one, other, { ...fades, crossfade: 0 })).toEqual(gapless)
})

test('consecutive tracks of an album fade only if the user has asked for that', () => {
  const [first, second, third] = [onAlbum(1, 1), onAlbum(2, 2), onAlbum(3, 3)]
  expect(transitionBetween(first, second, fades)).toEqual(gapless)
  expect(transitionBetween(first, third, fades)).toEqual(fade)
  expect(transitionBetween(second, first, fades)).toEqual(fade)
  expect(transitionBetween(first, second, { ...fades, crossfadeWithinAlbums: true })).toEqual(fade)
})

test('a song that is repeated begins again without a fade', () => {
  const song = onAlbum(1, 1)
  expect(transitionBetween(song, song, { ...fades, crossfadeWithinAlbums: true })).toEqual(gapless)
})

import { describe, expect, it } from 'vitest'
import type { Track } from '../../shared/library/track.ts'
import { followsOnAlbum, isAlbumInOrder } from '../../shared/sound/loudness/album-order.ts'
import { createTrack } from '../shared-library/create-track.ts'

const song = (number: number | undefined, tags: Partial<Track> = {}): Track =>
  createTrack(1, {
    title: `${number}`,
    album: 'Album',
    artists: ['A'],
    number,
    path: `A/${number}.mp3`,
    ...tags,
  })

describe('a song follows another one on their album', () => {
  it.each([
    ['with the next number', song(1), song(2)],
    ['of a guest', song(1), song(2, { artists: ['B'] })],
    [
      'in another folder, by the album artist',
      song(1, { albumArtists: ['A'] }),
      song(2, { albumArtists: ['A'], path: 'B/2.mp3' }),
    ],
    ['on the next disc', song(9, { disc: 1 }), song(1, { disc: 2 })],
    ['on the next disc, with numbers that continue', song(9, { disc: 1 }), song(10, { disc: 2 })],
    ['on the next side', song(5, { side: 'A' }), song(1, { side: 'B' })],
    [
      'without numbers, by the path',
      song(undefined, { path: 'A/a.mp3' }),
      song(undefined, { path: 'A/b.mp3' }),
    ],
  ])('%s', (_, first, second) => {
    expect(followsOnAlbum(first, second)).toBe(true)
    expect(followsOnAlbum(second, first)).toBe(false)
  })

  it.each([
    ['after a gap', song(1), song(3)],
    ['that is itself', song(1), song(1)],
    ['of another album', song(1), song(2, { album: 'Other' })],
    ['without an album', song(1, { album: undefined }), song(2, { album: undefined })],
    ['of another artist’s album in another folder', song(1), song(2, { artists: ['B'], path: 'B/2.mp3' })],
    ['on a later disc', song(9, { disc: 1 }), song(1, { disc: 3 })],
  ])('but not %s', (_, first, second) => {
    expect(followsOnAlbum(first, second)).toBe(false)
  })
})

describe('an album plays in order', () => {
  it('if a song follows the one before, or is followed by the next one', () => {
    expect(isAlbumInOrder(undefined, song(1), song(2))).toBe(true)
    expect(isAlbumInOrder(song(1), song(2), song(7))).toBe(true)
    expect(isAlbumInOrder(song(4), song(2), song(3))).toBe(true)
  })

  it('not in any other sequence', () => {
    expect(isAlbumInOrder(song(3), song(2), song(1))).toBe(false)
    expect(isAlbumInOrder(undefined, song(2), undefined)).toBe(false)
    expect(isAlbumInOrder(song(1), song(2, { album: 'Other' }), song(3))).toBe(false)
  })
})

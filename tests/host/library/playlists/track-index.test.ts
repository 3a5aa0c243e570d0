import { describe, expect, it } from 'vitest'
import { type IndexedTrack, TrackIndex } from '../../../../electron/library/playlists/matching/track-index.ts'
import type { EntryTags } from '../../../../electron/library/playlists/playlist-entry.ts'

const track = (id: number, path: string, others: Partial<IndexedTrack> = {}): IndexedTrack => ({
  id,
  path,
  title: `Track ${id}`,
  artists: [],
  album: undefined,
  duration: undefined,
  ...others,
})

const tags = (some: Partial<EntryTags>): EntryTags => ({
  title: undefined,
  artist: undefined,
  album: undefined,
  duration: undefined,
  ...some,
})

const index = new TrackIndex([
  track(1, '/music/A/One/01.mp3', { title: 'Intro', artists: ['A'], album: 'One', duration: 60 }),
  track(2, '/music/B/Two/01.mp3', { title: 'Start', artists: ['B'], album: 'Two', duration: 90 }),
  track(3, '/music/A/One/Käse.mp3', { title: 'Käse', artists: ['A', 'Gäste'], duration: 100 }),
  track(4, '/music/Best/9 Intro.mp3', { title: 'Intro', artists: ['A'], album: 'Best of', duration: 61 }),
  track(5, '/music/Live/Intro - Live.mp3', { title: 'Intro', artists: ['A'], album: 'Live', duration: 75 }),
  track(6, '/music/C/Left - Right.mp3', { title: 'Left - Right', artists: ['C'], duration: 200 }),
  track(7, '/music/C/Unique.mp3', { title: 'Intro', artists: ['C'], duration: 300 }),
])

describe('an entry', () => {
  it.each<[string, readonly string[], Partial<EntryTags> | undefined, number | undefined]>([
    ['its path', ['/music/A/One/01.mp3'], undefined, 1],
    ['any of its paths', ['/no/such.mp3', '/music/B/Two/01.mp3'], undefined, 2],
    ['its path rather than its tags', ['/music/B/Two/01.mp3'], { title: 'Intro', artist: 'A' }, 2],
    ['the end of a path of another machine', ['D:\\Musik\\B\\Two\\01.mp3'], undefined, 2],
    ['a path in another case', ['/Users/x/Music/a/ONE/01.MP3'], undefined, 1],
    ['a path in another normal form', ['/x/One/Ka\u0308se.mp3'], undefined, 3],
    ['a name that only one file has', ['/x/unique.mp3'], undefined, 7],
    ['no name that several files have', ['/x/01.mp3'], undefined, undefined],
    ['its tags if several files have the name', ['/x/01.mp3'], { title: 'Start', artist: 'B' }, 2],
    ['no name whose song has another duration', ['/x/unique.mp3'], { duration: 60 }, undefined],
    ['a name whose song has the same duration', ['/x/unique.mp3'], { title: 'x', duration: 302 }, 7],
    ['no name whose song has another title', ['/x/unique.mp3'], { title: 'C - Outro' }, undefined],
    ['artist and title', [], { title: 'START', artist: 'b' }, 2],
    ['any of the artists', [], { title: 'kase', artist: 'gaste' }, 3],
    ['all of the artists', [], { title: 'kase', artist: 'A, Gäste' }, 3],
    ['no title of another artist', [], { title: 'Start', artist: 'A' }, undefined],
    ['artist and title in one text', [], { title: 'B - Start' }, 2],
    ['a title with a dash', [], { title: 'C - Left - Right' }, 6],
    ['the album among several recordings', [], { title: 'Intro', artist: 'A', album: 'live' }, 5],
    ['the duration among several recordings', [], { title: 'Intro', artist: 'A', duration: 76 }, 5],
    ['the first of several recordings', [], { title: 'Intro', artist: 'A' }, 1],
    ['a title alone if the duration agrees', [], { title: 'Start', duration: 89 }, 2],
    ['no title alone', [], { title: 'Start' }, undefined],
    ['no title alone with another duration', [], { title: 'Start', duration: 80 }, undefined],
    [
      'no title alone that several songs of this duration have',
      [],
      { title: 'Intro', duration: 60 },
      undefined,
    ],
    ['nothing without paths and tags', [], undefined, undefined],
    ['nothing by an empty path', [''], undefined, undefined],
  ])('is found by %s', (_what, paths, some, expected) => {
    expect(index.find({ paths, tags: some && tags(some) })).toBe(expected)
  })
})

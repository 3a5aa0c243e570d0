import { describe, expect, test } from 'vitest'
import {
  type CandidateTrack,
  chooseTracks,
  chooseTracksByTags,
  type UnassignedFile,
} from '../../../electron/library/identity/choose-tracks.ts'
import { isSameSong, type SongNames } from '../../../electron/library/identity/same-song.ts'

const song = (change: Partial<SongNames> = {}): SongNames => ({
  title: 'One',
  artists: ['Ann'],
  album: 'First',
  disc: undefined,
  number: 1,
  duration: 200,
  ...change,
})

const another = song({ title: 'Two', number: 2 })

function file(change: Partial<UnassignedFile> & { path?: string } = {}): UnassignedFile {
  const path = change.path ?? 'new/one.mp3'
  return {
    version: { size: 100, modifiedNs: '5', fileId: '1:1' },
    audioHash: 'sound',
    song: song(),
    path,
    file: `/music/${path}`,
    ...change,
  }
}

const oldPath = 'old/one.mp3'
const here = { path: 'new/one.mp3', whereabouts: 'present' } as const

function track(change: Partial<CandidateTrack> = {}): CandidateTrack {
  const { id = 7, whereabouts = 'missing', ...facts } = change
  return { ...file({ path: oldPath, ...facts }), id, whereabouts }
}

const version = (fileId: string | undefined, size = 100, modifiedNs = '5') => ({ size, modifiedNs, fileId })

describe('a file gets the track', () => {
  test.each<[string, UnassignedFile, CandidateTrack]>([
    ['that was renamed', file(), track()],
    ['that was renamed and has no hash', file({ audioHash: undefined }), track({ audioHash: undefined })],
    [
      'that was renamed and got other tags',
      file({ version: version('1:1', 120, '9'), song: another }),
      track(),
    ],
    ['that was moved to another disk', file({ version: version('2:8', 100, '9') }), track()],
    [
      'that was moved to another disk and got other tags',
      file({ version: version('2:8', 9, '9'), song: another }),
      track(),
    ],
    [
      'whose disk numbers no files',
      file({ version: version(undefined) }),
      track({ version: version(undefined) }),
    ],
    ['at its path, with other tags', file({ version: version('1:1', 120, '9'), song: another }), track(here)],
    [
      'at its path, that a program wrote again with other tags',
      file({ version: version('1:2', 120, '9'), song: another }),
      track(here),
    ],
    [
      'at its path, that was replaced by a better copy of the song',
      file({ version: version('1:2', 900, '9'), audioHash: 'better' }),
      track(here),
    ],
    [
      'at its path, if nothing speaks against it',
      file({ version: version('1:2', 900, '9'), audioHash: undefined, song: another }),
      track(here),
    ],
    ['whose path another file has now', file(), track({ whereabouts: 'replaced' })],
    ['of a folder that was renamed', file(), track({ whereabouts: 'away' })],
    [
      'of a library that was moved to another disk',
      file({ version: version('2:8'), path: 'a/one.mp3' }),
      track({ whereabouts: 'away', path: 'a/one.mp3' }),
    ],
  ])('%s', (_which, found, known) => {
    expect(chooseTracks([found], [known])).toEqual([known.id])
  })
})

describe('a file is new', () => {
  test.each<[string, UnassignedFile, CandidateTrack[]]>([
    ['without a candidate', file(), []],
    ['if the other one still exists', file({ version: version('1:2') }), [track({ whereabouts: 'present' })]],
    ['if it is a second name of the same file', file(), [track({ whereabouts: 'present' })]],
    [
      'if it only has the number of a deleted file',
      file({ version: version('1:1', 300, '9'), audioHash: 'other' }),
      [track()],
    ],
    [
      'if it only has the number and the tags of a deleted file without a hash',
      file({ version: version('1:1', 300, '9'), audioHash: undefined }),
      [track({ audioHash: undefined })],
    ],
    [
      'if a track of unknown sound is at another path',
      file({ version: version('1:2', 100, '9'), audioHash: undefined }),
      [track({ whereabouts: 'present' }), track({ id: 8 })],
    ],
    [
      'if it is another song at the path of a known one',
      file({ version: version('1:2', 300, '9'), audioHash: 'other', song: another }),
      [track(here)],
    ],
    [
      'if it is a copy of a song whose path another file has now',
      file({ version: version('1:2', 300, '9') }),
      [track({ whereabouts: 'replaced' })],
    ],
    [
      'if it is a copy of a song whose disk is away',
      file({ version: version('1:2', 100, '9') }),
      [track({ whereabouts: 'away' })],
    ],
    [
      'if two missing tracks have its sound and nothing tells them apart',
      file({ version: version('1:2') }),
      [track({ id: 1, path: 'a/x.mp3' }), track({ id: 2, path: 'b/y.mp3' })],
    ],
  ])('%s', (_when, found, known) => {
    expect(chooseTracks([found], known)).toEqual([undefined])
  })
})

describe('a file in another place and with another sound gets the track', () => {
  const moved = file({ version: version('1:2', 900, '9'), audioHash: 'better', path: 'flac/one.flac' })

  test.each<[string, CandidateTrack]>([
    ['with the same tags, if its file is missing', track()],
    [
      'with the same tags and path, if its folder is away',
      track({ whereabouts: 'away', path: moved.path, file: `/old/${moved.path}` }),
    ],
  ])('%s', (_which, known) => {
    expect(chooseTracksByTags([moved], [known])).toEqual([known.id])
  })

  test.each<[string, UnassignedFile, CandidateTrack[]]>([
    ['only if the file is missing', moved, [track({ whereabouts: 'present' })]],
    ['only if the path below a closed folder is the same', moved, [track({ whereabouts: 'away' })]],
    ['only if the song is the same', { ...moved, song: another }, [track()]],
    ['only if the duration is similar', { ...moved, song: song({ duration: 240 }) }, [track()]],
    [
      'only if the tags name an artist, an album and a number',
      { ...moved, song: song({ number: undefined }) },
      [track({ song: song({ number: undefined }) })],
    ],
    ['only if no other one fits equally well', moved, [track({ id: 1 }), track({ id: 2 })]],
  ])('%s', (_when, found, known) => {
    expect(chooseTracksByTags([found], known)).toEqual([undefined])
  })
})

describe('of several tracks with the same sound', () => {
  const copy = version('1:2', 100, '9')

  test('a file gets the one with its name', () => {
    const known = [track({ id: 1, path: 'a/x.mp3' }), track({ id: 2, path: 'b/one.mp3' })]
    expect(chooseTracks([file({ version: copy })], known)).toEqual([2])
  })

  test('a file gets the one with its tags', () => {
    const known = [track({ id: 1, path: 'a/x.mp3', song: another }), track({ id: 2, path: 'b/y.mp3' })]
    expect(chooseTracks([file({ version: copy })], known)).toEqual([2])
  })

  test('two files get one each, in whichever sequence', () => {
    const found = [
      file({ path: 'c/y.mp3', version: version('1:8') }),
      file({ path: 'c/x.mp3', version: version('1:9') }),
    ]
    const known = [track({ id: 1, path: 'a/x.mp3' }), track({ id: 2, path: 'a/y.mp3' })]
    expect(chooseTracks(found, known)).toEqual([2, 1])
    expect(chooseTracks(found.toReversed(), known.toReversed())).toEqual([1, 2])
  })

  test('two files without a likeness to the only one get none', () => {
    const found = [
      file({ path: 'c/y.mp3', version: version('1:8') }),
      file({ path: 'c/x.mp3', version: version('1:9') }),
    ]
    expect(chooseTracks(found, [track({ path: 'a/z.mp3' })])).toEqual([undefined, undefined])
  })
})

test('two files that exchanged their names keep their tracks', () => {
  const [a, b] = [version('1:1'), version('1:2', 200)]
  const known = [
    track({ id: 1, path: 'a.mp3', version: a, audioHash: 'a', whereabouts: 'replaced' }),
    track({ id: 2, path: 'b.mp3', version: b, audioHash: 'b', whereabouts: 'replaced' }),
  ]
  const found = [
    file({ path: 'a.mp3', version: b, audioHash: 'b' }),
    file({ path: 'b.mp3', version: a, audioHash: 'a' }),
  ]
  expect(chooseTracks(found, known)).toEqual([2, 1])
})

test('a new file at the path of a renamed one does not get its track', () => {
  const known = [track({ path: 'one.mp3', whereabouts: 'replaced' })]
  const found = [
    file({ path: 'one.mp3', version: version('1:9', 500, '9'), audioHash: 'other' }),
    file({ path: 'renamed.mp3' }),
  ]
  expect(chooseTracks(found, known)).toEqual([undefined, 7])
})

describe('many files are each compared with few tracks', () => {
  const count = 300
  const pathOf = (index: number) => `many/${index}.mp3`
  const one = { version: version('1:1', 120, '9'), audioHash: 'sound' }

  test.each<[string, (index: number) => [UnassignedFile, Partial<CandidateTrack>]]>([
    ['links to one file', () => [file(one), { whereabouts: 'present', ...one }]],
    [
      'links to one file that was replaced',
      () => [file({ ...one, version: version('1:2') }), { whereabouts: 'replaced', ...one }],
    ],
    [
      'copies of one song',
      (index) => [
        file({ version: version(`2:${index}`) }),
        { whereabouts: 'present', version: version(`1:${index}`) },
      ],
    ],
    [
      'files without a number or a sound',
      () => [
        file({ version: version(undefined), audioHash: undefined }),
        { whereabouts: 'present', version: version(undefined), audioHash: undefined },
      ],
    ],
    [
      'different songs that were renamed',
      (index) => [
        file({ version: version(`1:${index}`), audioHash: `${index}` }),
        { path: `old/${index}.mp3`, version: version(`1:${index}`), audioHash: `${index}` },
      ],
    ],
  ])('%s', (_which, make) => {
    let reads = 0
    const counted = <Item extends object>(item: Item): Item =>
      new Proxy(item, {
        get: (target, key) => {
          reads++
          return Reflect.get(target, key)
        },
      })
    const pairs = Array.from({ length: count }, (_, index) => {
      const [found, known] = make(index)
      const path = pathOf(index)
      return {
        file: { ...found, path, file: `/music/${path}` },
        track: counted(track({ id: index + 1, path, ...known })),
      }
    })
    const chosen = chooseTracks(
      pairs.map((pair) => pair.file),
      pairs.map((pair) => pair.track),
    )
    expect(chosen).toEqual(pairs.map((_, index) => index + 1))
    expect(reads).toBeLessThan(50 * count)
  })
})

describe('the tags of two copies', () => {
  test.each<[string, Partial<SongNames>, boolean]>([
    ['agree', {}, true],
    ['agree in another case', { title: ' ONE ', artists: ['ANN'] }, true],
    [
      'agree if one has less of them',
      { artists: [], album: undefined, number: undefined, duration: undefined },
      true,
    ],
    ['agree with almost the same duration', { duration: 202 }, true],
    ['differ by the title', { title: 'Two' }, false],
    ['differ by the artist', { artists: ['Bob'] }, false],
    ['differ by the album', { album: 'Live' }, false],
    ['differ by the track number', { number: 2 }, false],
    ['differ by the duration', { duration: 210 }, false],
  ])('%s', (_how, change, isSame) => {
    expect(isSameSong(song(), song(change))).toBe(isSame)
  })
})

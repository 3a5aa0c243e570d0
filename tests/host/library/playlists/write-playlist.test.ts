import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entryCandidates } from '../../../../electron/library/playlists/entry-candidates.ts'
import type { ExportedEntry } from '../../../../electron/library/playlists/export/exported-entry.ts'
import { writePlaylist } from '../../../../electron/library/playlists/export/write-playlist.ts'
import { parsePlaylist } from '../../../../electron/library/playlists/parse-playlist.ts'
import { type PlaylistFormat, playlistFormats } from '../../../../shared/library/playlists/playlist.ts'

const untagged = { title: undefined, artist: undefined, album: undefined, duration: undefined }

const write = (
  entries: readonly ExportedEntry[],
  format: PlaylistFormat,
  folder: string | undefined = undefined,
  windows = false,
) => writePlaylist({ name: 'Mine', entries }, format, { folder, windows })

/** Returns, for each entry of a written playlist, the only path that exists, if the entry leads to it. */
const pathsIn = (bytes: Buffer, existing: readonly string[], folder: string, windows = false) =>
  parsePlaylist(bytes, 1000).entries.map(({ locations }, index) =>
    entryCandidates(locations[0] ?? '', folder, windows).find((path) => path === existing[index]),
  )

const difficultNames = [
  'plain.mp3',
  '#1 hits.mp3',
  ' spaces .mp3',
  'ends with a space ',
  '100%25 & <more>.mp3',
  'a\nb.mp3',
  'a\r\nb.mp3',
  'K\udce4se.mp3',
  '日本 🧶.mp3',
  'file:x.mp3',
  'a:b.mp3',
  'C:drive.mp3',
  'it\'s "quoted".mp3',
  'back\\slash.mp3',
  '[playlist].mp3',
  '<playlist>.mp3',
  'File1=x.mp3',
]

describe.each(playlistFormats)('a playlist in the format %s', (format) => {
  it.each(difficultNames)('leads to %j by its absolute path', (name) => {
    const location = `/music/An album/${name}`
    const bytes = write([{ location, ...untagged }], format)
    expect(pathsIn(bytes, [location], '/elsewhere')).toEqual([location])
  })

  it.each(difficultNames)('leads to %j below its own folder, wherever that is moved', (name) => {
    const bytes = write([{ location: `/music/${name}`, ...untagged }], format, '/music')
    expect(pathsIn(bytes, [`/music/${name}`], '/music')).toEqual([`/music/${name}`])
    // An address, which only a line break needs, is absolute.
    const isAddress = format !== 'xspf' && (/[\r\n]/.test(name) || name.endsWith(' '))
    if (!isAddress) expect(pathsIn(bytes, [`/moved/${name}`], '/moved')).toEqual([`/moved/${name}`])
  })

  it.each(['C:\\Music\\a b.mp3', '\\\\server\\share\\a#b.mp3'])('leads to %s on Windows', (location) => {
    const bytes = write([{ location, ...untagged }], format, 'D:\\', true)
    expect(pathsIn(bytes, [location], 'E:\\', true)).toEqual([location])
  })

  it('keeps the addresses and the foreign paths of missing entries', () => {
    const locations = ['https://example.org/a%20b.mp3', 'D:\\Music\\a.mp3', '../other/b.mp3']
    const entries = locations.map((location) => ({ location, ...untagged }))
    const read = parsePlaylist(write(entries, format, '/music'), 10).entries
    const written = read.map((entry) => decodeURIComponent(entry.locations[0] ?? ''))
    expect(written).toEqual(['https://example.org/a b.mp3', 'D:\\Music\\a.mp3', '../other/b.mp3'])
  })

  it('keeps titles, artists and durations', () => {
    const entries = [
      { location: '/a.mp3', title: 'T & <U>\nV', artist: 'A', album: 'B', duration: 61.4 },
      { location: '/b.mp3', title: 'Only', artist: undefined, album: undefined, duration: undefined },
    ]
    const { name, entries: read } = parsePlaylist(write(entries, format), 10)
    expect(name).toBe(format === 'pls' ? undefined : 'Mine')
    const texts = read.map(({ tags }) => [tags?.artist, tags?.title, tags?.duration])
    expect(texts).toEqual(
      format === 'xspf'
        ? [
            ['A', 'T & <U>\nV', 61.4],
            [undefined, 'Only', undefined],
          ]
        : [
            [undefined, 'A - T & <U> V', 61],
            [undefined, 'Only', undefined],
          ],
    )
  })

  it('leads to files of any name', () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).filter((text) => {
      return text.trim() !== '' && !/[/\0]/.test(text) && text !== '.' && text !== '..'
    })
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (names) => {
        const locations = names.map((text) => `/music/${text}`)
        const bytes = write(
          locations.map((location) => ({ location, ...untagged })),
          format,
          '/music',
        )
        expect(pathsIn(bytes, locations, '/music')).toEqual(locations)
      }),
    )
  })
})

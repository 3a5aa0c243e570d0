import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { closePool, workersEnded } from '@skein/threading'
import { startProcess } from '@skein/threading/node'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DatabaseClient } from '../../../../electron/library/database/database-client.ts'
import { PlaylistFiles } from '../../../../electron/library/user-playlists/playlist-files.ts'
import type { PlaylistLibrary } from '../../../../electron/library/user-playlists/playlist-library.ts'
import { Playlists } from '../../../../electron/library/user-playlists/playlists.ts'
import { scanWorkerUrl } from '../../../../electron/platform/paths.ts'
import { maxPlaylistEntries, playlistFormats } from '../../../../shared/library/playlists/playlist.ts'
import { scratchFolder } from '../../scratch.ts'
import { openDatabase, storeTracks } from './playlist-database.ts'
import { PlaylistPage } from './playlist-page.ts'

let client: DatabaseClient
let page: PlaylistPage
let playlists: Playlists
let files: PlaylistFiles
let music: string
let tracks: number[]
/** The files outside of the library that were added, and their tracks. */
let external: Map<string, number>

const songs = {
  'A/1 One.mp3': { title: 'One', artists: ['A'], album: 'First', duration: 10 },
  'A/2 Two.mp3': { title: 'Two', artists: ['A', 'B'], album: 'First', duration: 20.4 },
  'Käse/#1 & 100%25.flac': { title: 'Näme & <x>', artists: ['Ä'], duration: 30 },
  'K\udce4se.mp3': { title: 'Bytes', artists: ['C'] },
}

beforeEach(async () => {
  startProcess({ name: 'host', workers: 0, entry: scanWorkerUrl })
  ;({ client } = openDatabase())
  music = join(scratchFolder(), 'music')
  for (const path of Object.keys(songs)) writeSong(path)
  tracks = await storeTracks(client, music, songs)
  page = new PlaylistPage()
  external = new Map()
  const library: PlaylistLibrary = {
    folders: [join(dirname(music), 'first'), music],
    isListed: (track) => [...external.values()].includes(track),
    addFiles: async (paths) => {
      const [id = 0] = await storeTracks(
        client,
        undefined,
        Object.fromEntries(paths.map((path) => [path, {}])),
      )
      return paths.map((path, index) => {
        external.set(path, id + index)
        return id + index
      })
    },
  }
  playlists = new Playlists(client, page.receive, library)
  files = new PlaylistFiles(client, playlists, library)
})
afterEach(async () => {
  closePool()
  await workersEnded()
})

function writeSong(path: string): void {
  const file = join(music, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(path.isWellFormed() ? file : Buffer.from(file.replace('\udce4', '\u00e4'), 'latin1'), 'x')
}

function write(name: string, content: string | Buffer): string {
  const path = join(dirname(music), name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

async function importOne(path: string) {
  const result = await files.importPaths([path])
  const [id = 0] = result.playlists
  return { ...result, id, entries: page.entries(id) }
}

describe('a round trip', () => {
  test.each(playlistFormats)('through %s keeps the entries and the name', async (format) => {
    const id = await playlists.create({ kind: 'list', name: 'Mine & yours', parent: 0, tracks })
    const folder = dirname(music)
    const path = write(`round.${format}`, await files.write({ id, format, folder }))
    const { id: copy, entries, missing, problems } = await importOne(path)
    expect(entries).toEqual(tracks)
    expect({ missing, problems }).toEqual({ missing: 0, problems: [] })
    const { name } = page.playlists.find((playlist) => playlist.id === copy) ?? {}
    expect(name).toBe(format === 'pls' ? 'round' : 'Mine & yours')
  })

  test.each(playlistFormats)('through %s finds the songs by their tags after a move', async (format) => {
    const id = await playlists.create({ kind: 'list', name: 'Mine', parent: 0, tracks })
    const content = (await files.write({ id, format })).toString('latin1').replaceAll(/music/g, 'elsewhere')
    const renamed = Buffer.from(content.replace('1%20One', 'x').replace('1 One', 'x'), 'latin1')
    expect((await importOne(write(`moved.${format}`, renamed))).entries).toEqual(tracks)
  })

  test.each(playlistFormats)('through %s keeps missing entries', async (format) => {
    const original =
      '#EXTM3U\n#EXTINF:5,Nobody - Nothing\n/no/such.mp3\n#EXTINF:6,Remote\nhttps://x.org/a%20b.mp3\n'
    const first = await importOne(write('missing.m3u8', original))
    expect(first.entries).toEqual([
      { title: 'Nobody - Nothing', artist: undefined, location: '/no/such.mp3' },
      { title: 'Remote', artist: undefined, location: 'https://x.org/a%20b.mp3' },
    ])
    expect(first.missing).toBe(2)
    const copy = write(`copy.${format}`, await files.write({ id: first.id, format, folder: dirname(music) }))
    expect((await importOne(copy)).entries).toEqual(first.entries)
  })

  test('of a smart playlist has the tracks that it contained', async () => {
    const id = await playlists.create({ kind: 'list', name: 'Any', parent: 0 })
    const [first = 0, , third = 0] = tracks
    const content = await files.write({ id, format: 'm3u8', tracks: [third, 99, first] })
    expect((await importOne(write('smart.m3u8', content))).entries).toEqual([third, first])
  })
})

describe('an import', () => {
  test('matches by path, by the end of a foreign path and by tags', async () => {
    const [one = 0, two = 0, third = 0] = tracks
    const text = [
      `${music}/A/1 One.mp3`,
      'music/A/1 One.mp3',
      'D:\\Musik\\A\\2 Two.mp3',
      '#EXTINF:20,B - Two',
      '/unknown/x.mp3',
      'file:///Volumes/Disk/K%C3%A4se/%231%20%26%20100%2525.flac',
    ].join('\n')
    const { entries } = await importOne(write('foreign.m3u8', text))
    expect(entries).toEqual([one, one, two, two, third])
  })

  test('adds files outside of the library', async () => {
    const path = write('other/song.mp3', 'x')
    const { entries, missing } = await importOne(write('out.m3u8', 'other/song.mp3\nother/no.mp3\n'))
    expect(entries).toEqual([
      external.get(path),
      { title: 'no.mp3', artist: undefined, location: join(dirname(music), 'other/no.mp3') },
    ])
    expect(missing).toBe(1)
    expect([...external.keys()]).toEqual([path])
  })

  test('of content without a path searches all folders of the library', async () => {
    const [one, two] = tracks
    const result = await files.importContent('from page.m3u', Buffer.from('A/1 One.mp3\nx/A/2 Two.mp3\n'))
    expect(page.entries(result.playlists[0] ?? 0)).toEqual([one, two])
    expect(page.names).toEqual(['from page'])
  })

  test('reads playlists in playlists, but none within itself', async () => {
    const [one, two] = tracks
    write('inner.m3u8', 'music/A/2 Two.mp3\nouter.m3u8\n')
    const outer = write('outer.m3u8', 'music/A/1 One.mp3\ninner.m3u8\nouter.m3u8\nmusic/A/1 One.mp3\n')
    const { entries, problems } = await importOne(outer)
    expect(entries).toEqual([one, two, one])
    expect(problems).toEqual([expect.stringContaining('outer.m3u8: This playlist contains itself')])
  })

  test('takes a folder for the files in it', async () => {
    const [one, two] = tracks
    expect((await importOne(write('folder.m3u8', 'music/A\n'))).entries).toEqual([one, two])
  })

  test('of a million entries takes as many as a playlist can have, and says so', async () => {
    const line = '/no/such/folder/of/any/disk.mp3\n'
    const path = write('million.m3u8', line.repeat(1_000_000))
    const { entries, problems } = await importOne(path)
    expect(entries).toHaveLength(maxPlaylistEntries)
    expect(problems).toEqual([expect.stringContaining('the last 900000 of')])
  }, 120_000)

  test('of several files continues after one that cannot be read', async () => {
    const good = write('good.m3u8', 'music/A/1 One.mp3\n')
    const result = await files.importPaths([join(music, 'no.m3u8'), write('text.txt', 'x'), good])
    expect(page.names).toEqual(['good'])
    expect(result.problems).toHaveLength(2)
    expect(result.problems[1]).toContain('text.txt: This is not a playlist.')
  })

  test('of an empty or meaningless file is an empty playlist', async () => {
    const { entries, problems } = await importOne(write('empty.m3u8', ''))
    expect({ entries, problems }).toEqual({ entries: [], problems: [] })
    expect((await importOne(write('broken.xspf', '<playlist><trackList><track><loc'))).entries).toEqual([])
  })
})

import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, sep } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../../electron/inspect/inspect.ts'
import { resolveExternalFiles } from '../../../electron/library/external-files.ts'
import { makeTrackReader } from '../../../electron/library/tracks/read-track.ts'
import { walk } from '../../../electron/library/walk.ts'
import { readCommandLine } from '../../../electron/lifecycle/command-line.ts'
import { Catalogue } from '../../../shared/library/catalogue/catalogue.ts'
import { containerSongs } from '../../fixtures/field-cases/container-songs.ts'
import { type FolderContent, mp3File, type SongCase } from '../../fixtures/field-cases/field-case.ts'
import { folderCases } from '../../fixtures/field-cases/folder-cases.ts'
import { id3Songs } from '../../fixtures/field-cases/id3-songs.ts'
import { mp4Songs } from '../../fixtures/field-cases/mp4-songs.ts'
import { mpegSongs } from '../../fixtures/field-cases/mpeg-songs.ts'
import { orderCases } from '../../fixtures/field-cases/order-cases.ts'
import { manyNames, playlistCases } from '../../fixtures/field-cases/playlist-cases.ts'
import { waveSongs } from '../../fixtures/field-cases/wave-songs.ts'
import { xiphSongs } from '../../fixtures/field-cases/xiph-songs.ts'
import { createTrack } from '../../shared-library/create-track.ts'
import { canMount, scratchFolder, smallDisk } from '../scratch.ts'

type Line = Readonly<Record<string, unknown>>

/** Runs what `npm run inspect` runs, in this process. */
async function inspectPaths(...paths: readonly string[]): Promise<{ code: number; lines: Line[] }> {
  const lines: Line[] = []
  const code = await inspect(paths, { writeLine: async (line) => void lines.push(JSON.parse(line)) })
  return { code, lines }
}

function writeFiles(folder: string, content: FolderContent): string {
  for (const [name, bytes] of Object.entries(content)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
  }
  return folder
}

const kinds: readonly (readonly [kind: string, songs: readonly SongCase[]])[] = [
  ['ID3 and APE', id3Songs],
  ['MPEG', mpegSongs],
  ['Ogg and FLAC', xiphSongs],
  ['WAVE', waveSongs],
  ['MP4', mp4Songs],
  ['other containers', containerSongs],
]

/** Windows allows neither `?` nor a backslash in a name. */
const canUseAnyName = process.platform !== 'win32'
const usablePlaylists = canUseAnyName ? playlistCases : []

let root = ''
let lines: readonly Line[] = []
let lineOf: ReadonlyMap<unknown, Line> = new Map()

const songPath = (kind: string, index: number, { extension }: SongCase): string =>
  join(root, kind, `${index}${extension}`)
const folderPath = (index: number): string => join(root, `folder ${index}`)
const playlistFolder = (index: number): string => join(root, `list ${index}`)

// One inspection reads everything: to start its threads takes longer than to read all files.
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'skein-field-cases-'))
  for (const [kind, songs] of kinds) {
    mkdirSync(join(root, kind))
    for (const [index, song] of songs.entries()) writeFileSync(songPath(kind, index, song), song.content)
  }
  for (const [index, { content }] of folderCases.entries()) writeFiles(folderPath(index), content)
  const playlists = usablePlaylists.map(({ content, playlist, write }, index) => {
    const folder = writeFiles(playlistFolder(index), content)
    const path = join(folder, playlist)
    writeFileSync(path, write(folder))
    return path
  })
  const folders = [
    ...kinds.map(([kind]) => join(root, kind)),
    ...folderCases.map((_, index) => folderPath(index)),
  ]
  ;({ lines } = await inspectPaths(...playlists, ...folders))
  lineOf = new Map(lines.map((line) => [line.path, line]))
}, 60_000)
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe.each(kinds)('a file as people have it: %s', (kind, songs) => {
  test.each(songs.map((song, index) => [song.name, song, index] as const))('%s', (_name, song, index) => {
    const { duration, ...expected } = { warnings: [], ...song.expected }
    const line = lineOf.get(songPath(kind, index, song))
    expect(line).toMatchObject(expected)
    if (duration !== undefined) expect(Math.abs(Number(line?.duration) - duration)).toBeLessThanOrEqual(1)
  })
})

describe('a folder as people have it', () => {
  test.each(folderCases.map((folderCase, index) => [folderCase.name, folderCase.listed, index] as const))(
    '%s',
    (_name, listed, index) => {
      const found = lines.filter(({ path }) => String(path).startsWith(folderPath(index) + sep))
      expect(found.map(({ path, error }) => [path, error])).toEqual(
        listed.map((path) => [join(folderPath(index), path), undefined]),
      )
    },
  )

  test.skipIf(!canMount)('the root of a disk', async () => {
    const disk = writeFiles(smallDisk(2048), {
      '000-root-song.mp3': mp3File(),
      'lost+found/x.mp3': mp3File(),
    })
    const { code, lines } = await inspectPaths(disk)
    expect(lines.map(({ path }) => path)).toEqual([join(disk, '000-root-song.mp3')])
    expect(code).toBe(0)
  })

  test('the root of all folders, which is its own parent', async () => {
    let folders = 0
    for await (const { problems } of walk('/', new AbortController().signal)) {
      expect(problems.map(({ path }) => path)).not.toContain('.')
      if (++folders === 3) break
    }
    expect(folders).toBe(3)
  })
})

describe.skipIf(!canUseAnyName)('a playlist as people have it', () => {
  test.each(usablePlaylists.map((list, index) => [list.name, list, index] as const))(
    '%s',
    (_name, { playlist, listed }, index) => {
      const path = join(playlistFolder(index), playlist)
      const paths = listed.map((name) => join(playlistFolder(index), name))
      expect(lineOf.get(path)).toEqual({ path, paths, warnings: [] })
    },
  )

  test.each([
    ['a bare #, ? and %', (path: string) => `file://${path}`],
    [
      'every special character encoded',
      (path: string) => `file://${path.split('/').map(encodeURIComponent).join('/')}`,
    ],
    ['the name of this machine', (path: string) => `file://localhost${path}`],
  ])('an address on the command line with %s', (_name, address) => {
    const names = ['#1 hits/wanted.mp3', 'Why?.mp3', '100% pure.mp3']
    const all = Object.fromEntries([...names, 'not wanted.mp3'].map((name) => [name, mp3File()]))
    const folder = writeFiles(scratchFolder(), all)
    const paths = names.map((name) => join(folder, name))
    expect(readCommandLine(['--inspect', ...paths.map(address)], '/')).toMatchObject({
      kind: 'inspect',
      paths,
    })
  })
})

describe('more than ten thousand files at once', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'skein-many-files-'))
    writeFileSync(join(folder, 'one.mp3'), mp3File())
    mkdirSync(join(folder, 'all'))
    for (const name of manyNames) linkSync(join(folder, 'one.mp3'), join(folder, 'all', name))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const paths = () => manyNames.map((name) => join(folder, 'all', name))

  test('a playlist lists them all', async () => {
    writeFileSync(join(folder, 'all.m3u'), manyNames.map((name) => `all/${name}\n`).join(''))
    const { lines } = await inspectPaths(join(folder, 'all.m3u'))
    expect(lines).toEqual([{ path: join(folder, 'all.m3u'), paths: paths(), warnings: [] }])
  })

  test('a folder lists them all', async () => {
    const { files, limits } = await resolveExternalFiles([join(folder, 'all')])
    expect(files.map(({ file }) => file)).toEqual(paths())
    expect(limits).toEqual([])
  })

  test('a limit is reported with the number of files that are left out', async () => {
    const { files, limits } = await resolveExternalFiles(paths(), [], { files: 10_000 })
    expect(files).toHaveLength(10_000)
    expect(limits).toHaveLength(1)
    expect(limits[0]).toContain('50')
  })
})

describe('songs as people tag them', () => {
  const read = makeTrackReader()

  /** Returns a function that finds the titles of songs, sorted by artist. */
  async function readLibrary(content: FolderContent): Promise<(query: string) => string[]> {
    const folder = writeFiles(scratchFolder(), content)
    const catalogue = new Catalogue()
    for (const [index, path] of Object.keys(content).sort().entries()) {
      const result = await read(join(folder, path), undefined)
      if ('reason' in result) throw new Error(result.reason)
      catalogue.add([createTrack(index + 1, { ...result.tags, path })])
    }
    return (query) =>
      [...catalogue.search(query, { column: 'artist', descending: false })].map(
        (id) => catalogue.get(id)?.title ?? '',
      )
  }

  test.each(orderCases)('$name', async ({ content, titles, searches = [] }) => {
    const find = await readLibrary(content)
    if (titles !== undefined) expect(find('')).toEqual(titles)
    expect(searches.map(([query]) => [query, find(query)])).toEqual(searches)
  })
})

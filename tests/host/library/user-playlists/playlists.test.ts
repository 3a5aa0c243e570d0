import { closePool, workersEnded } from '@skein/threading'
import { startProcess } from '@skein/threading/node'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DatabaseClient } from '../../../../electron/library/database/database-client.ts'
import type { PlaylistLibrary } from '../../../../electron/library/user-playlists/playlist-library.ts'
import { Playlists } from '../../../../electron/library/user-playlists/playlists.ts'
import { scanWorkerUrl } from '../../../../electron/platform/paths.ts'
import { maxPlaylistEntries } from '../../../../shared/library/playlists/playlist.ts'
import { defaultSmartRules } from '../../../../shared/library/playlists/smart-rules.ts'
import { until } from '../../scratch.ts'
import { openDatabase, storeTracks } from './playlist-database.ts'
import { PlaylistPage } from './playlist-page.ts'

let client: DatabaseClient
let path: string
let page: PlaylistPage
let playlists: Playlists
let tracks: number[]
/** The tracks of files outside of the library that pages know. */
let external: Set<number>
const library: PlaylistLibrary = {
  folders: ['/music'],
  isListed: (track) => external.has(track),
  addFiles: async (files) => {
    const records = await client.request('listFiles', undefined)
    const ids = files.map((file) => records.find((record) => record.path === file)?.id ?? 0)
    for (const id of ids) if (id !== 0) external.add(id)
    return ids
  },
}

beforeEach(async () => {
  startProcess({ name: 'host', workers: 0, entry: scanWorkerUrl })
  ;({ client, path } = openDatabase())
  tracks = await storeTracks(client, '/music', {
    a: { title: 'A', artists: ['X', 'Y'] },
    b: {},
    c: {},
    d: {},
    e: {},
  })
  page = new PlaylistPage()
  external = new Set()
  playlists = new Playlists(client, page.receive, library)
})
afterEach(async () => {
  closePool()
  await workersEnded()
})

const create = (name = 'Mine', ids: readonly number[] = tracks) =>
  playlists.create({ kind: 'list', name, parent: 0, tracks: ids })

/** What a page that subscribes now receives. */
async function newPage(source = playlists): Promise<PlaylistPage> {
  const other = new PlaylistPage()
  await source.sendAll(other.receive)
  return other
}

describe('a list', () => {
  test('keeps its name and its entries over a start', async () => {
    const id = await create(' Mine ')
    expect(page.playlists).toEqual([{ id, kind: 'list', name: 'Mine', parent: 0, rules: undefined }])
    expect(page.entries(id)).toEqual(tracks)
    await client.close()
    const { client: second } = openDatabase(path)
    const later = await newPage(new Playlists(second, () => {}, library))
    expect(later.playlists).toEqual(page.playlists)
    expect(later.entries(id)).toEqual(tracks)
  })

  test('takes a track more than once, and none that does not exist', async () => {
    const [a = 0, b = 0] = tracks
    const id = await create('Mine', [a, 99, a])
    await playlists.addTracks(id, [98, b, 97])
    expect(page.entries(id)).toEqual([a, a, b])
    expect((await newPage()).entries(id)).toEqual([a, a, b])
  })

  test.each(['', '  \n', 'x'.repeat(201)])('has no name like %j', async (name) => {
    const id = await create()
    await expect(create(name)).rejects.toThrow(/name/)
    await expect(playlists.rename(id, name)).rejects.toThrow(/name/)
    expect(page.names).toEqual(['Mine'])
  })

  test('is renamed', async () => {
    const id = await create()
    await playlists.rename(id, 'Other')
    expect(page.names).toEqual(['Other'])
    expect((await newPage()).names).toEqual(['Other'])
  })

  test('has a limit, and nothing is added beyond it', async () => {
    const id = await create()
    const many = Array.from({ length: maxPlaylistEntries - tracks.length + 1 }, () => tracks[0] ?? 0)
    await expect(playlists.addTracks(id, many)).rejects.toThrow('at most 100,000 entries')
    expect(page.entries(id)).toEqual(tracks)
    await playlists.addTracks(id, many.slice(1))
    expect(page.entries(id).length).toBe(maxPlaylistEntries)
    expect((await newPage()).entries(id)).toEqual(page.entries(id))
  })
})

describe('a change of entries', () => {
  test('is undone while the playlist has not changed since', async () => {
    const id = await create()
    const [a, b, c, d, e] = tracks
    const removal = await playlists.removeEntries(id, [0, 1, 2, 4])
    expect(page.entries(id)).toEqual([b, e])
    await playlists.undo(removal)
    expect(page.entries(id)).toEqual(tracks)
    const move = await playlists.moveEntries(id, [0, 2], 4)
    expect(page.entries(id)).toEqual([c, d, a, b, e])
    await playlists.undo(move)
    expect(page.entries(id)).toEqual(tracks)
    const addition = await playlists.addTracks(id, [a ?? 0])
    await playlists.undo(addition)
    expect(page.entries(id)).toEqual(tracks)
    expect((await newPage()).entries(id)).toEqual(tracks)
    await expect(playlists.undo(addition)).rejects.toThrow('can no longer be undone')
  })

  test('is not undone after another one', async () => {
    const id = await create()
    const removal = await playlists.removeEntries(id, [0, 1])
    await playlists.addTracks(id, tracks)
    const entries = page.entries(id)
    await expect(playlists.undo(removal)).rejects.toThrow('“Mine” cannot be undone')
    expect(page.entries(id)).toEqual(entries)
  })

  test('of a folder, a smart playlist or a deleted one fails', async () => {
    const folder = await playlists.create({ kind: 'folder', name: 'F', parent: 0 })
    const smart = await playlists.create({ kind: 'smart', name: 'S', parent: 0, rules: defaultSmartRules })
    const id = await create()
    await playlists.delete(id)
    for (const other of [folder, smart, id, 77])
      await expect(playlists.addTracks(other, tracks)).rejects.toThrow('no longer exists')
  })

  test('leaves every page and the database with the same entries', async () => {
    const edit = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), ids: fc.array(fc.nat(4), { maxLength: 4 }) }),
      fc.record({ kind: fc.constant('remove' as const), ids: fc.uniqueArray(fc.nat(12)) }),
      fc.record({ kind: fc.constant('move' as const), ids: fc.uniqueArray(fc.nat(12)), to: fc.nat(12) }),
      fc.record({ kind: fc.constant('undo' as const) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 12 }), async (edits) => {
        const id = await create()
        let model = [...tracks]
        let last: { change: number; before: number[] } | undefined
        for (const step of edits) {
          const before = [...model]
          if (step.kind === 'undo') {
            if (last === undefined) continue
            await playlists.undo(last.change)
            model = last.before
            last = undefined
          } else if (step.kind === 'add') {
            const added = step.ids.map((index) => tracks[index] ?? 0)
            last = { change: await playlists.addTracks(id, added), before }
            model.push(...added)
          } else {
            const picked = step.ids.toSorted((one, other) => one - other)
            const pairs = picked.flatMap((index) => [index, index + 1])
            const rest = model.filter((_track, index) => !picked.includes(index))
            if (step.kind === 'remove') {
              last = { change: await playlists.removeEntries(id, pairs), before }
              model = rest
            } else {
              last = { change: await playlists.moveEntries(id, pairs, step.to), before }
              const head = model.slice(0, step.to).filter((_track, index) => !picked.includes(index))
              const moved = model.filter((_track, index) => picked.includes(index))
              model = [...head, ...moved, ...rest.slice(head.length)]
            }
          }
          expect(page.entries(id)).toEqual(model)
        }
        expect((await newPage()).entries(id)).toEqual(model)
        await playlists.delete(id)
      }),
      { numRuns: 30 },
    )
  })
})

describe('folders of playlists', () => {
  test('are moved and deleted with everything in them, and deleting is undone', async () => {
    const folder = await playlists.create({ kind: 'folder', name: 'F', parent: 0 })
    const inner = await playlists.create({ kind: 'folder', name: 'G', parent: folder })
    const one = await create('one')
    const two = await create('two')
    await playlists.move(one, inner, 0)
    await playlists.move(two, inner, 0)
    const treeOf = ({ playlists: all }: PlaylistPage) => all.map(({ name, parent }) => [name, parent])
    expect(treeOf(page).filter(([, parent]) => parent === inner)).toEqual([
      ['two', inner],
      ['one', inner],
    ])
    await expect(playlists.move(folder, inner, 0)).rejects.toThrow('into itself')
    const tree = treeOf(page)
    const change = await playlists.delete(folder)
    expect(page.names).toEqual([])
    expect((await newPage()).names).toEqual([])
    await playlists.undo(change)
    expect(treeOf(page)).toEqual(tree)
    expect(page.entries(one)).toEqual(tracks)
    expect((await newPage()).entries(one)).toEqual(tracks)
  })
})

describe('a smart playlist', () => {
  test('keeps its rules', async () => {
    const id = await playlists.create({ kind: 'smart', name: 'S', parent: 0, rules: defaultSmartRules })
    expect(page.playlists[0]?.rules).toEqual(defaultSmartRules)
    const rules = { ...defaultSmartRules, match: 'any', limit: { count: 9, unit: 'minutes' } } as const
    await playlists.setRules(id, rules)
    expect((await newPage()).playlists[0]?.rules).toEqual(rules)
  })

  test('whose rules are damaged has none', async () => {
    await client.request('createPlaylist', {
      kind: 'smart',
      name: 'S',
      parent: 0,
      rules: '{"match":"some"}',
      createdAt: 0,
    })
    expect((await newPage()).playlists).toMatchObject([{ name: 'S', rules: undefined }])
  })
})

describe('an entry whose track is away', () => {
  test('shows what is known of the track, and returns with the folder', async () => {
    const [a = 0] = tracks
    const id = await create('Mine', [a])
    await client.request('setOpenFolders', [])
    const shown = { title: 'A', artist: 'X, Y', location: '/music/a' }
    expect((await newPage()).entries(id)).toEqual([shown])
    await client.request('setOpenFolders', [1])
    expect((await newPage()).entries(id)).toEqual([a])
  })

  test('of a file outside of the library is listed at the next start', async () => {
    const [outside = 0] = await storeTracks(client, undefined, { '/x/out.mp3': { title: 'Out' } })
    external.add(outside)
    const id = await create('Mine', [outside])
    expect(page.entries(id)).toEqual([outside])
    external.clear()
    const later = new PlaylistPage()
    const again = new Playlists(client, later.receive, library)
    await again.sendAll(later.receive)
    await until(() => expect(later.entries(id)).toEqual([outside]))
    expect([...external]).toEqual([outside])
  })

  test('is found again by path and by tags after a scan', async () => {
    const missing = (location: string, title: string) => ({
      track: undefined,
      location,
      title,
      artist: undefined,
      duration: undefined,
    })
    const entries = [missing('/music/new', 'x'), missing('/y/z', 'N - Song'), missing('/y/w', 'Nothing')]
    const id = await playlists.createFromEntries('Mine', entries)
    await playlists.findMissing()
    expect(page.entries(id).filter((entry) => typeof entry === 'number')).toEqual([])
    const added = await storeTracks(client, '/music', { new: {}, other: { title: 'Song', artists: ['N'] } })
    await playlists.findMissing()
    expect(page.entries(id)).toEqual([...added, expect.objectContaining({ title: 'Nothing' })])
    expect((await newPage()).entries(id)).toEqual(page.entries(id))
  })

  test('is kept when the track is deleted', async () => {
    const [a = 0, b = 0] = tracks
    const id = await create('Mine', [a, b])
    await client.request('deleteTracks', [a])
    expect((await newPage()).entries(id)).toEqual([{ title: 'A', artist: 'X, Y', location: '/music/a' }, b])
  })

  test('counts as an entry for the time that tracks are kept, also while its removal can be undone', async () => {
    const [a = 0, b = 0] = tracks
    const id = await create('Mine', [a, b])
    await playlists.removeEntries(id, [0, 1])
    await client.request('markUnavailable', { ids: tracks, reason: 'fileMissing', since: 1 })
    expect(await client.request('listExpiredTracks', 2)).toEqual(tracks.slice(2))
  })
})

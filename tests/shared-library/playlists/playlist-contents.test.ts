import { describe, expect, it } from 'vitest'
import { Catalogue } from '../../../shared/library/catalogue/catalogue.ts'
import type { Playlist } from '../../../shared/library/playlists/playlist.ts'
import { PlaylistContents } from '../../../shared/library/playlists/playlist-contents.ts'
import type { SmartRules } from '../../../shared/library/playlists/smart-rules.ts'
import type { Track } from '../../../shared/library/track.ts'
import { createTrack } from '../create-track.ts'

const list: Playlist = { id: 1, kind: 'list', name: 'L', parent: 0, rules: undefined }
const lost = { title: 'Lost', artist: 'Somebody', location: '/x/lost.mp3' }

function contentsOf(tracks: readonly Track[], playlists: readonly Playlist[] = [list]) {
  const catalogue = new Catalogue()
  catalogue.add(tracks)
  const contents = new PlaylistContents(catalogue)
  contents.setPlaylists(playlists)
  return { contents, catalogue }
}

const some = [1, 2, 3].map((id) => createTrack(id, { title: `Song ${id}`, path: '' }))

describe('a list of entries', () => {
  const { contents } = contentsOf(some)
  contents.splice({ playlist: 1, start: 0, removed: 100_000, tracks: [3, 0, 1, 3], missing: [lost] })
  const content = contents.read(1, '', 0)

  it('has tracks and missing entries in its order', () => {
    const items = Array.from({ length: content.count }, (_, index) => content.itemAt(index))
    expect(items.map((item) => (item?.kind === 'track' ? item.track.id : item))).toEqual([
      3,
      { kind: 'missing', ...lost },
      1,
      3,
    ])
    expect(content.itemAt(4)).toBeUndefined()
  })

  it('plays only its tracks', () => {
    expect([...content.tracks]).toEqual([3, 1, 3])
    expect([0, 1, 2, 3, 4, 9].map((index) => content.trackStart(index))).toEqual([0, 1, 1, 2, 3, 3])
  })

  it('is searched, also for missing entries', () => {
    expect([...contents.read(1, 'song 3', 0).tracks]).toEqual([3, 3])
    const found = contents.read(1, 'somebody', 0)
    expect([found.count, found.tracks.length]).toEqual([1, 0])
  })

  it('is searched by the fields of its tracks, and knows where each entry is in it', () => {
    const found = contents.read(1, 'title:"song 3" -rating:>1', 0)
    expect([...found.tracks]).toEqual([3, 3])
    expect([0, 1].map((index) => found.entryAt(index))).toEqual([0, 3])
    expect([0, 1].map((index) => content.entryAt(index))).toEqual([0, 1])
  })

  it('is sorted, with missing entries at the end', () => {
    const read = (descending: boolean) => contents.read(1, '', 0, [{ column: 'title', descending }])
    expect([...read(false).tracks]).toEqual([1, 3, 3])
    expect([...read(true).tracks]).toEqual([3, 3, 1])
    expect(read(true).itemAt(3)).toMatchObject({ kind: 'missing', title: 'Lost' })
    expect([0, 1, 2, 3].map((index) => read(false).entryAt(index))).toEqual([2, 0, 3, 1])
  })

  it('has an entry without a name for a track that is on its way', () => {
    const { contents: early, catalogue } = contentsOf([])
    early.splice({ playlist: 1, start: 0, removed: 0, tracks: [3], missing: [] })
    expect(early.read(1, '', 0).itemAt(0)).toMatchObject({ kind: 'missing', title: '' })
    catalogue.add([createTrack(3)])
    expect(early.read(1, '', 0).itemAt(0)).toMatchObject({ kind: 'track' })
  })

  it('is empty for a playlist that does not exist', () => {
    expect(contents.read(2, '', 0).count).toBe(0)
  })

  it('changes by splices of many entries', () => {
    const { contents: large } = contentsOf(some)
    const many = Array.from({ length: 100_000 }, () => 1)
    large.splice({ playlist: 1, start: 0, removed: 0, tracks: many, missing: [] })
    large.splice({ playlist: 1, start: 99_999, removed: 1, tracks: [2], missing: [] })
    large.splice({ playlist: 1, start: 0, removed: 1, tracks: [], missing: [] })
    const { tracks } = large.read(1, '', 0)
    expect([tracks.length, tracks.at(-1), tracks.at(-2)]).toEqual([99_999, 2, 1])
  })
})

describe('a smart playlist', () => {
  const rules: SmartRules = {
    match: 'all',
    rules: [{ kind: 'number', field: 'rating', operator: 'above', value: 3, to: 5 }],
    sort: { field: 'title', descending: true },
    limit: { count: 2, unit: 'tracks' },
  }
  const smart: Playlist = { id: 2, kind: 'smart', name: 'S', parent: 0, rules }

  it('contains what matches at the moment', () => {
    const { contents, catalogue } = contentsOf(some, [smart])
    const ids = () => [...contents.read(2, '', 0).tracks]
    expect(ids()).toEqual([])
    catalogue.add([1, 2, 3].map((id) => createTrack(id, { title: `Song ${id}`, rating: 4 })))
    expect(ids()).toEqual([3, 2])
    catalogue.add([createTrack(3, { title: 'Song 3', rating: 1 })])
    expect(ids()).toEqual([2, 1])
    contents.setPlaylists([{ ...smart, rules: { ...rules, limit: { count: 1, unit: 'tracks' } } }])
    expect(ids()).toEqual([2])
    contents.setPlaylists([{ ...smart, rules: undefined }])
    expect(ids()).toEqual([])
  })
})

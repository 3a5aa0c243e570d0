import { describe, expect, it } from 'vitest'
import {
  extendSelection,
  rangesOf,
  selectEntries,
  selectEntry,
  startAfterMove,
  toggleEntry,
} from '../../../renderer/playlists/entries/entry-selection.ts'
import { createNodes, isWithin } from '../../../renderer/playlists/playlist-nodes.ts'
import type { Playlist } from '../../../shared/library/playlists/playlist.ts'

describe('the selection of entries', () => {
  it('extends from the anchor in both directions', () => {
    const start = selectEntry(5)
    expect(rangesOf(extendSelection(start, 8))).toEqual([5, 9])
    expect(rangesOf(extendSelection(extendSelection(start, 8), 3))).toEqual([3, 6])
  })

  it('toggles single entries, and joins neighbours to ranges', () => {
    const selection = [1, 3, 2, 7, 3].reduce(toggleEntry, selectEntries(0, 0, 0))
    expect(rangesOf(selection)).toEqual([1, 3, 7, 8])
    expect(selection.focused).toBe(3)
  })

  it('knows where it is after a move', () => {
    const selection = [1, 2, 6].reduce(toggleEntry, selectEntries(0, 0, 0))
    expect([0, 1, 2, 5, 8].map((to) => startAfterMove(selection, to))).toEqual([0, 1, 1, 3, 5])
  })
})

describe('the tree of playlists', () => {
  const playlist = (id: number, parent: number): Playlist => ({
    id,
    parent,
    kind: 'folder',
    name: '',
    rules: undefined,
  })
  const playlists = [playlist(1, 0), playlist(2, 1), playlist(3, 2), playlist(4, 99)]

  it('has playlists without their folder at the top', () => {
    const ids = (nodes: ReturnType<typeof createNodes>): unknown[] =>
      nodes.map(({ id, children }) => [id, ids(children)])
    expect(ids(createNodes(playlists))).toEqual([
      [1, [[2, [[3, []]]]]],
      [4, []],
    ])
  })

  it('knows what is in a folder', () => {
    expect(isWithin(playlists, 3, 1)).toBe(true)
    expect(isWithin(playlists, 1, 1)).toBe(true)
    expect(isWithin(playlists, 1, 3)).toBe(false)
  })
})

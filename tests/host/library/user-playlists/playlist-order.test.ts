import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reorder, toRanges } from '../../../../electron/library/user-playlists/entry-ranges.ts'
import { PlaylistTree } from '../../../../electron/library/user-playlists/playlist-tree.ts'
import {
  maxPlaylistDepth,
  maxPlaylists,
  type Playlist,
  type PlaylistKind,
} from '../../../../shared/library/playlists/playlist.ts'

const playlist = (id: number, kind: PlaylistKind, parent = 0): Playlist => ({
  id,
  kind,
  parent,
  name: `Playlist ${id}`,
  rules: undefined,
})

describe('the folders of playlists', () => {
  const tree = new PlaylistTree([
    playlist(1, 'folder'),
    playlist(2, 'folder', 1),
    playlist(3, 'list', 2),
    playlist(4, 'smart'),
    playlist(5, 'list', 1),
  ])

  it('contain playlists in their order', () => {
    expect(tree.childrenOf(0)).toEqual([1, 4])
    expect(tree.childrenOf(1)).toEqual([2, 5])
    expect(tree.withDescendants(1)).toEqual([1, 2, 3, 5])
  })

  it.each([
    [3, 0, undefined],
    [3, 1, undefined],
    [1, 1, 'insideItself'],
    [1, 2, 'insideItself'],
    [2, 1, undefined],
    [3, 4, 'noFolder'],
    [3, 5, 'noFolder'],
    [3, 99, 'noFolder'],
    [99, 0, 'unknown'],
  ])('let %d into %d: %s', (id, parent, problem) => {
    expect(tree.checkMove(id, parent)).toBe(problem)
  })

  it.each([
    [3, 1, 0, [3, 2, 5]],
    [3, 1, 1, [2, 3, 5]],
    [3, 1, 9, [2, 5, 3]],
    [2, 1, 1, [5, 2]],
    [2, 1, 0, [2, 5]],
  ])('arrange %d in %d at %d as %j', (id, parent, index, ids) => {
    expect(tree.arrange(id, parent, index)).toEqual(ids)
  })

  it('are nested up to a limit', () => {
    const deep = Array.from({ length: maxPlaylistDepth }, (_, index) => playlist(index + 1, 'folder', index))
    const pair = [playlist(90, 'folder'), playlist(91, 'list', 90), playlist(92, 'list')]
    const nested = new PlaylistTree([...deep, ...pair])
    expect(nested.checkMove(92, maxPlaylistDepth - 1)).toBeUndefined()
    expect(nested.checkMove(92, maxPlaylistDepth)).toBe('tooDeep')
    expect(nested.checkMove(90, maxPlaylistDepth - 2)).toBeUndefined()
    expect(nested.checkMove(90, maxPlaylistDepth - 1)).toBe('tooDeep')
    expect(nested.checkCreation(maxPlaylistDepth)).toBe('tooDeep')
  })

  it('contain a limited number of playlists', () => {
    const many = Array.from({ length: maxPlaylists - 1 }, (_, index) => playlist(index + 1, 'list'))
    expect(new PlaylistTree(many).checkCreation(0)).toBeUndefined()
    expect(new PlaylistTree([...many, playlist(maxPlaylists, 'list')]).checkCreation(0)).toBe('tooMany')
  })
})

describe('ranges', () => {
  it.each([
    [[], []],
    [[1, 3], [[1, 3]]],
    [
      [1, 3, 2, 5],
      [
        [1, 3],
        [3, 5],
      ],
    ],
    [[1, 3, 2, 3], [[1, 3]]],
    [[8, 99], [[8, 10]]],
    [[10, 11], []],
    [[3, 1], []],
    [[1], []],
  ])('%j of ten entries are %j', (pairs, expected) => {
    expect(toRanges(pairs, 10).map(({ start, end }) => [start, end])).toEqual(expected)
  })
})

describe('entries that are moved', () => {
  const move = (pairs: readonly number[], to: number): string => {
    const entries = [...'abcdefgh']
    const { start, order } = reorder(toRanges(pairs, entries.length), to)
    const moved = order.map((index) => entries[start + index] ?? '?')
    return entries.toSpliced(start, moved.length, ...moved).join('')
  }

  it.each([
    [[0, 1], 8, 'bcdefgha'],
    [[7, 8], 0, 'habcdefg'],
    [[1, 3], 5, 'adebcfgh'],
    [[1, 3], 0, 'bcadefgh'],
    [[1, 3], 2, 'abcdefgh'],
    [[0, 1, 2, 3, 6, 7], 4, 'bdacgefh'],
    [[], 3, 'abcdefgh'],
  ])('of ranges %j before %d give %s', (pairs, to, expected) => {
    expect(move(pairs, to)).toBe(expected)
  })

  it('keep their order, and so do the others', () => {
    const cases = fc.record({ marks: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), to: fc.nat(8) })
    fc.assert(
      fc.property(cases, ({ marks, to }) => {
        const pairs = marks.flatMap((isMoved, index) => (isMoved ? [index, index + 1] : []))
        const all = [...'abcdefgh']
        const kept = all.map((letter, index) => (marks[index] ? '' : letter))
        const expected = [
          ...kept.slice(0, to),
          ...all.filter((_letter, index) => marks[index]),
          ...kept.slice(to),
        ].join('')
        expect(move(pairs, to)).toBe(expected)
      }),
    )
  })
})

import { InputHandler } from '../../../renderer/workers/input-thread.ts'
import { createPlayerChannels } from '../../../renderer/workers/player-channels.ts'
import type { Track } from '../../../shared/library/track.ts'
import { planAlbum, songsPerAlbum } from '../../fixtures/large-library/album-plan.ts'
import { createTrack } from '../../shared-library/create-track.ts'

/** Returns the tracks of the generated library without reading its files. */
export function plannedTracks(count: number): Track[] {
  const tracks: Track[] = []
  for (let first = 0; first < count; first += songsPerAlbum) {
    const album = planAlbum(first / songsPerAlbum, Math.min(songsPerAlbum, count - first))
    for (const song of album.songs)
      tracks.push(
        createTrack(tracks.length + 1, {
          title: song.title,
          artists: [song.artist],
          albumArtists: [album.artist],
          album: album.title,
          isCompilation: album.isCompilation,
          disc: song.disc,
          number: song.number,
          date: String(album.year),
          genres: song.genres,
          duration: 2,
          codec: album.format.toUpperCase(),
          path: `${album.folder}/${song.file}.${album.format}`,
        }),
      )
  }
  return tracks
}

export interface SearchTimes {
  readonly skein: readonly number[]
  readonly includes: readonly number[]
}

/** Searches as the thread `input` does, sorted and with its answer, and as a plain filter of the tracks does. */
export function runSearches(tracks: readonly Track[], words: readonly string[]): SearchTimes {
  const channels = createPlayerChannels()
  const handler = new InputHandler(channels)
  for (let from = 0; from < tracks.length; from += 200)
    handler.handle({ kind: 'libraryTracks', tracks: tracks.slice(from, from + 200) })
  let request = 0
  const search = (text: string): number => {
    const begin = performance.now()
    handler.handle({
      kind: 'list',
      request: ++request,
      list: { kind: 'tracks' },
      text,
      sort: [{ column: 'artist', descending: false }],
      from: 0,
      count: 40,
    })
    handler.sendChanges(Number.POSITIVE_INFINITY)
    const time = performance.now() - begin
    while (!channels.answers.empty()) channels.answers.getNowait()
    return time
  }
  search('')
  // An idle thread prepares the next search.
  while (handler.timeout(0) !== undefined) handler.prepare()
  const skein: number[] = []
  const includes: number[] = []
  for (const word of words) {
    for (let length = 1; length <= word.length; length++) {
      skein.push(search(word.slice(0, length)))
      includes.push(timeOf(() => filterByIncludes(tracks, word.slice(0, length))))
    }
  }
  return { skein, includes }
}

function timeOf(action: () => unknown): number {
  const begin = performance.now()
  action()
  return performance.now() - begin
}

/** The search of a program that keeps its tracks in an array: without folding, sorting or grouping. */
function filterByIncludes(tracks: readonly Track[], text: string): Track[] {
  const query = text.toLowerCase()
  const contains = (value: string | undefined) => value?.toLowerCase().includes(query) ?? false
  return tracks.filter(
    ({ title, artists, albumArtists, album, genres, date, path }) =>
      contains(title) ||
      artists.some(contains) ||
      albumArtists.some(contains) ||
      contains(album) ||
      genres.some(contains) ||
      contains(date) ||
      contains(path),
  )
}

import { errorMessage } from '../../shared/error-message.ts'
import type { HostApi } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'
import type { Playlist, PlaylistFormat, PlaylistId } from '../../shared/library/playlists/playlist.ts'
import {
  maxUploadedPlaylistBytes,
  type NewPlaylist,
  type PlaylistChange,
  type PlaylistFile,
  type PlaylistImport,
} from '../../shared/library/playlists/playlist-calls.ts'
import type { TrackId } from '../../shared/library/track.ts'
import { useWindow } from '../store/window-store.ts'
import { attempt, send } from './actions.ts'

/** Stores the playlists that the host has sent. */
export function receivePlaylists(playlists: readonly Playlist[]): void {
  const { shownPlaylist } = useWindow.getState()
  const isShown = playlists.some(({ id }) => id === shownPlaylist)
  useWindow.setState({ playlists, ...(!isShown && { shownPlaylist: 0 }) })
  send({ kind: 'playlists', playlists })
}

/** Opens the dialog in which the user chooses the playlist to add tracks to. */
export function openAddToPlaylist(tracks: Iterable<TrackId>): void {
  const tracksToAdd = [...tracks]
  if (tracksToAdd.length > 0) useWindow.setState({ dialog: 'addToPlaylist', tracksToAdd })
}

/** Returns the lists that tracks can be added to, in the user's order. */
export const listsOf = (playlists: readonly Playlist[]): readonly Playlist[] =>
  playlists.filter(({ kind }) => kind === 'list')

/** The name is given, because a new playlist may not have arrived yet. */
export async function addToPlaylist(
  host: HostApi,
  { id, name }: Pick<Playlist, 'id' | 'name'>,
  tracks: Iterable<TrackId>,
): Promise<void> {
  const added = [...tracks]
  const text = m.playlists_added({ count: added.length, name: isolate(name) })
  await change(host.addToPlaylist(id, added), text)
}

/** Returns the id of the new playlist; undefined if it could not be created. */
export async function createPlaylist(host: HostApi, playlist: NewPlaylist): Promise<PlaylistId | undefined> {
  return await attempt(host.createPlaylist(playlist))
}

export async function deletePlaylist(host: HostApi, { id, name }: Playlist): Promise<void> {
  await change(host.deletePlaylist(id), m.playlists_deleted({ name: isolate(name) }))
}

/** Removes entries; `ranges` are pairs of the first index and the index after the last one. */
export async function removeEntries(
  host: HostApi,
  { id, name }: Playlist,
  ranges: readonly number[],
): Promise<void> {
  const count = countIn(ranges)
  await change(host.removePlaylistEntries(id, ranges), m.playlists_removed({ count, name: isolate(name) }))
}

export async function undoPlaylistChange(host: HostApi, undone: PlaylistChange): Promise<void> {
  dismissPlaylistNotice()
  await attempt(host.undoPlaylistChange(undone))
}

export const dismissPlaylistNotice = (): void => useWindow.setState({ playlistNotice: undefined })

export const showPlaylist = (shownPlaylist: PlaylistId): void => useWindow.setState({ shownPlaylist })

/** Imports playlists that the user chooses. `chooseFile` lets the page read one if the host has no dialog. */
export async function importPlaylists(
  host: HostApi,
  chooseFile: () => Promise<File | undefined>,
): Promise<void> {
  const result = await attempt(
    host.kind === 'electron' ? host.importPlaylists() : importFile(host, chooseFile),
  )
  if (result === undefined) return
  const [first] = result.playlists
  if (first !== undefined) showPlaylist(first)
  useWindow.setState({ playlistNotice: { text: importText(result), change: undefined } })
}

async function importFile(
  host: HostApi,
  chooseFile: () => Promise<File | undefined>,
): Promise<PlaylistImport | undefined> {
  const file = await chooseFile()
  if (file === undefined) return undefined
  if (file.size > maxUploadedPlaylistBytes) throw new Error(m.host_playlist_too_long())
  return await host.importPlaylistFile({ name: file.name, content: toBase64(await file.arrayBuffer()) })
}

function importText({ playlists, entries, missing, problems }: PlaylistImport): string {
  const sentences = [...problems]
  if (playlists.length > 0) sentences.unshift(m.playlists_imported({ count: entries, missing }))
  return sentences.join(' ')
}

/** Exports a playlist. Returns the file that the page has to save, if the host has no dialog. */
export async function exportPlaylist(
  host: HostApi,
  id: PlaylistId,
  format: PlaylistFormat,
  tracks?: readonly TrackId[],
): Promise<PlaylistFile | undefined> {
  return await attempt(
    tracks === undefined ? host.exportPlaylist(id, format) : host.exportPlaylist(id, format, tracks),
  )
}

/** Waits for a change, and says what was done. */
async function change(call: Promise<PlaylistChange>, text: string): Promise<void> {
  try {
    useWindow.setState({ playlistNotice: { text, change: await call } })
  } catch (error) {
    useWindow.setState({ failure: errorMessage(error) })
  }
}

function countIn(ranges: readonly number[]): number {
  let count = 0
  for (let index = 0; index + 1 < ranges.length; index += 2)
    count += (ranges[index + 1] ?? 0) - (ranges[index] ?? 0)
  return count
}

function toBase64(content: ArrayBuffer): string {
  const bytes = new Uint8Array(content)
  let text = ''
  // A call has a limited number of arguments.
  for (let start = 0; start < bytes.length; start += 8192)
    text += String.fromCharCode(...bytes.subarray(start, start + 8192))
  return btoa(text)
}

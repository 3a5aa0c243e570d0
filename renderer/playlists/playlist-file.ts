import { playlistFormats } from '../../shared/library/playlists/playlist.ts'
import type { PlaylistFile } from '../../shared/library/playlists/playlist-calls.ts'

/** Lets the browser save a file. */
export function savePlaylistFile(file: PlaylistFile | undefined): void {
  if (file === undefined) return
  const bytes = Uint8Array.from(atob(file.content), (character) => character.charCodeAt(0))
  const address = URL.createObjectURL(new Blob([bytes]))
  const link = document.createElement('a')
  link.href = address
  link.download = file.name
  link.click()
  // The browser has opened the content by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** Lets the user choose a playlist; undefined if the user cancels. */
export async function choosePlaylistFile(): Promise<File | undefined> {
  const { promise, resolve } = Promise.withResolvers<File | undefined>()
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = playlistFormats.map((format) => `.${format}`).join(',')
  input.addEventListener('change', () => resolve(input.files?.[0]))
  input.addEventListener('cancel', () => resolve(undefined))
  input.click()
  return await promise
}

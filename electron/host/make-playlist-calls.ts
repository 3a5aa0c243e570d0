import { writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { m } from '../../shared/i18n/messages.js'
import type { PlaylistFormat } from '../../shared/library/playlists/playlist.ts'
import type { PlaylistCalls } from '../../shared/library/playlists/playlist-calls.ts'
import type { PlaylistFiles } from '../library/user-playlists/playlist-files.ts'
import type { Playlists } from '../library/user-playlists/playlists.ts'
import { errorCode } from '../platform/node-errors.ts'
import { UserError } from '../platform/user-error.ts'

/** The system's dialogs for the files of playlists. */
export interface PlaylistDialogs {
  /** Resolves with absolute paths; empty when the user cancels it. */
  open(): Promise<readonly string[]>
  /** Resolves with an absolute path; undefined when the user cancels it. */
  save(name: string, format: PlaylistFormat): Promise<string | undefined>
}

/** Returns the calls about playlists. Without dialogs, the page reads and saves the files itself. */
export function makePlaylistCalls(
  playlists: Playlists,
  files: PlaylistFiles,
  dialogs: PlaylistDialogs | undefined,
): PlaylistCalls {
  return {
    createPlaylist: (playlist) => playlists.create(playlist),
    renamePlaylist: (id, name) => playlists.rename(id, name),
    setPlaylistRules: (id, rules) => playlists.setRules(id, rules),
    movePlaylist: (id, parent, index) => playlists.move(id, parent, index),
    deletePlaylist: (id) => playlists.delete(id),
    addToPlaylist: (id, tracks) => playlists.addTracks(id, tracks),
    removePlaylistEntries: (id, ranges) => playlists.removeEntries(id, ranges),
    movePlaylistEntries: (id, ranges, to) => playlists.moveEntries(id, ranges, to),
    undoPlaylistChange: (change) => playlists.undo(change),
    importPlaylists: async () => {
      if (dialogs === undefined) throw new UserError(m.host_no_folder_dialog())
      const paths = await dialogs.open()
      return paths.length === 0 ? undefined : await files.importPaths(paths)
    },
    importPlaylistFile: ({ name, content }) => files.importContent(name, Buffer.from(content, 'base64')),
    exportPlaylist: async (id, format, tracks) => {
      const { name } = playlists.require(id)
      const suggested = fileNameOf(name, format)
      if (dialogs === undefined) {
        const content = await files.write({ id, format, tracks })
        return { name: suggested, content: content.toString('base64') }
      }
      const path = await dialogs.save(suggested, format)
      if (path !== undefined)
        await save(path, await files.write({ id, format, tracks, folder: dirname(path) }))
      return undefined
    },
  }
}

/** Characters that no system, or only some, allow in the name of a file. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are among these characters
const invalidInNames = /[\u0000-\u001F\u007F<>:"/\\|?*]/g
const maxFileName = 100

function fileNameOf(name: string, format: PlaylistFormat): string {
  const valid = name.toWellFormed().replace(invalidInNames, '_').replace(/^\.+/, '_').slice(0, maxFileName)
  return `${valid.trim() || '_'}.${format}`
}

async function save(path: string, content: Buffer): Promise<void> {
  try {
    await writeFile(path, content)
  } catch (error) {
    throw new UserError(m.playlists_not_saved({ code: errorCode(error) ?? '' }))
  }
}

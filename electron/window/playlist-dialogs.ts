import { extname } from 'node:path'
import { type BrowserWindow, dialog } from 'electron'
import { m } from '../../shared/i18n/messages.js'
import { type PlaylistFormat, playlistFormats } from '../../shared/library/playlists/playlist.ts'
import type { PlaylistDialogs } from '../host/make-playlist-calls.ts'

/** The system's dialogs for the files of playlists, above a window. */
export function playlistDialogs(parent: () => BrowserWindow | undefined): PlaylistDialogs {
  return {
    open: async () => {
      const options: Electron.OpenDialogOptions = {
        title: m.playlists_import_title(),
        properties: ['openFile', 'multiSelections'],
        filters: [{ name: m.common_playlists(), extensions: [...playlistFormats] }],
      }
      const window = parent()
      const { filePaths } = await (window
        ? dialog.showOpenDialog(window, options)
        : dialog.showOpenDialog(options))
      return filePaths
    },
    save: async (name, format) => {
      const options: Electron.SaveDialogOptions = {
        title: m.playlists_export_title(),
        defaultPath: name,
        filters: [{ name: format.toUpperCase(), extensions: [format] }],
      }
      const window = parent()
      const { canceled, filePath } = await (window
        ? dialog.showSaveDialog(window, options)
        : dialog.showSaveDialog(options))
      return canceled || filePath === '' ? undefined : withExtension(filePath, format)
    },
  }
}

/** Some systems leave the extension to the user. */
const withExtension = (path: string, format: PlaylistFormat): string =>
  extname(path) === '' ? `${path}.${format}` : path

import { app, Menu, type MenuItemConstructorOptions, shell } from 'electron'
import { dataFolder } from '../storage/data-folder.ts'

export interface MenuActions {
  readonly openFolder: () => void
  readonly openDemo: () => void
  readonly showAbout: () => void
  readonly showLog: () => void
}

/** Sets the application's menu. */
export function setMenu({ openFolder, openDemo, showAbout, showLog }: MenuActions): void {
  const isMac = process.platform === 'darwin'
  const file: MenuItemConstructorOptions = {
    label: '&File',
    submenu: [
      { label: '&Open folder…', accelerator: 'CmdOrCtrl+O', click: openFolder },
      { label: 'Open the &demo album', click: openDemo },
      { type: 'separator' },
      isMac ? { role: 'close' } : { role: 'quit' },
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      ...developerItems(),
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  }
  const help: MenuItemConstructorOptions = {
    role: 'help',
    submenu: [
      { label: '&About Skein', click: showAbout },
      { type: 'separator' },
      { label: 'Show the &log', click: showLog },
      { label: 'Where &settings are', click: showDataFolder },
    ],
  }
  const edit: MenuItemConstructorOptions = { role: 'editMenu' }
  const template = [...(isMac ? [macMenu(showAbout)] : []), file, edit, view, help]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

/** The menu that macOS names after the application, with our own window in the place of the system's About. */
function macMenu(showAbout: () => void): MenuItemConstructorOptions {
  return {
    label: app.name,
    submenu: [
      { label: 'About Skein', click: showAbout },
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  }
}

function developerItems(): MenuItemConstructorOptions[] {
  if (app.isPackaged) return []
  return [{ role: 'reload' }, { role: 'toggleDevTools' }, { type: 'separator' }]
}

function showDataFolder(): void {
  void shell.openPath(dataFolder())
}

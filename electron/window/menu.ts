import { app, Menu, type MenuItemConstructorOptions, shell } from 'electron'
import { m } from '../../shared/i18n/messages.js'
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
    label: m.menu_file(),
    submenu: [
      { label: m.menu_open_folder(), accelerator: 'CmdOrCtrl+O', click: openFolder },
      { label: m.menu_open_demo(), click: openDemo },
      { type: 'separator' },
      isMac ? { role: 'close' } : { role: 'quit' },
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: m.menu_view(),
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
      { label: m.menu_about(), click: showAbout },
      { type: 'separator' },
      { label: m.menu_show_log(), click: showLog },
      { label: m.menu_open_settings_folder(), click: showDataFolder },
    ],
  }
  const edit: MenuItemConstructorOptions = { role: 'editMenu' }
  const template = [...(isMac ? [macMenu(showAbout)] : []), file, edit, view, help]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

/** The menu that macOS names after the application, with our own About window instead of the system's. */
function macMenu(showAbout: () => void): MenuItemConstructorOptions {
  return {
    label: app.name,
    submenu: [
      { label: m.common_about_skein(), click: showAbout },
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

import { app, Menu, type MenuItemConstructorOptions, shell } from 'electron'

export interface MenuActions {
  readonly openFolder: () => void
  readonly openDemo: () => void
}

/** Sets the application's menu. */
export function setMenu({ openFolder, openDemo }: MenuActions): void {
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
      { label: `Skein ${app.getVersion()}`, enabled: false },
      { label: 'Where settings are', click: showData },
    ],
  }
  const edit: MenuItemConstructorOptions = { role: 'editMenu' }
  const template = [...(isMac ? [{ role: 'appMenu' } as const] : []), file, edit, view, help]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

function developerItems(): MenuItemConstructorOptions[] {
  if (app.isPackaged) return []
  return [{ role: 'reload' }, { role: 'toggleDevTools' }, { type: 'separator' }]
}

function showData(): void {
  void shell.openPath(app.getPath('userData'))
}

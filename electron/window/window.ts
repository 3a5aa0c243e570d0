import { app, BrowserWindow, dialog, nativeTheme } from 'electron'
import type { Theme } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { preloadScript } from '../platform/paths.ts'
import type { WindowBounds } from '../storage/settings-format.ts'
import type { PageAddress } from './page-address.ts'

/** The page's background in either theme, so that the window does not flash before the page is drawn. */
const backgroundColor = () => (nativeTheme.shouldUseDarkColors ? '#111113' : '#fdfcfa')

export const minSize = { width: 480, height: 360 }
const defaultBounds: WindowBounds = { width: 1180, height: 760, state: 'normal' }

export interface WindowOptions {
  readonly page: PageAddress
  readonly theme: Theme
  readonly bounds: WindowBounds | undefined
}

/** Creates the window, calls `onCreated`, and shows the window when the page is loaded. */
export async function openWindow(
  { page, theme, bounds }: WindowOptions,
  onCreated: (window: BrowserWindow) => void,
): Promise<BrowserWindow> {
  const { x, y, width, height, state } = bounds ?? defaultBounds
  nativeTheme.themeSource = theme
  const window = new BrowserWindow({
    title: 'Skein',
    width,
    height,
    ...(x !== undefined && y !== undefined && { x, y }),
    minWidth: minSize.width,
    minHeight: minSize.height,
    show: false,
    backgroundColor: backgroundColor(),
    webPreferences: {
      preload: preloadScript,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      // The threads and the music go on while the window is hidden.
      backgroundThrottling: false,
      // The last click may be long ago when the next song begins.
      autoplayPolicy: 'no-user-gesture-required',
      spellcheck: false,
      // The first start already keeps the compiled scripts for the next one.
      v8CacheOptions: 'bypassHeatCheck',
    },
  })
  onCreated(window)
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') void offerReload(window, reason)
  })
  const repaint = () => window.setBackgroundColor(backgroundColor())
  nativeTheme.on('updated', repaint)
  window.once('closed', () => nativeTheme.off('updated', repaint))
  // The page's isolation changes the process at the first navigation, and a test driver may lose track of it. A blank
  // page first avoids that. A package starts sooner without it, and no driver attaches to one.
  if (!app.isPackaged) await window.loadURL('about:blank')
  await window.loadURL(page.address)
  // Back must not leave the page.
  window.webContents.navigationHistory.clear()
  if (state === 'maximized') window.maximize()
  window.show()
  if (state === 'fullscreen') window.setFullScreen(true)
  return window
}

/** A page whose process has ended can only be loaded again. */
async function offerReload(window: BrowserWindow, reason: string): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: m.host_window_stopped(),
    detail: m.host_window_stopped_detail({ reason }),
    buttons: [m.host_reopen_window(), m.host_quit()],
    cancelId: 1,
  })
  if (window.isDestroyed()) return
  if (response === 0) window.webContents.reload()
  else window.close()
}

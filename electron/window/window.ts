import { app, BrowserWindow, dialog, type Event, nativeTheme, session } from 'electron'
import type { Theme } from '../../shared/host-api.ts'
import { preloadScript } from '../platform/paths.ts'
import type { WindowBounds } from '../storage/settings-file.ts'

/** The page's background in either theme, so that the window does not flash before the page is drawn. */
const backgroundColor = () => (nativeTheme.shouldUseDarkColors ? '#111113' : '#fdfcfa')

/** Where the page is: the development server's address if there is one, else the built page's. */
export const pageAddress = process.env.ELECTRON_RENDERER_URL ?? 'skein://app/'
export const pageOrigin =
  process.env.ELECTRON_RENDERER_URL === undefined ? 'skein://app' : new URL(pageAddress).origin

export const minSize = { width: 480, height: 360 }
const defaultBounds: WindowBounds = { width: 1180, height: 760, state: 'normal' }

/** Makes the window, of which `onMade` is told, and shows it when the page is loaded. */
export async function openWindow(
  theme: Theme,
  place: WindowBounds | undefined,
  onMade: (window: BrowserWindow) => void,
): Promise<BrowserWindow> {
  const { x, y, width, height, state } = place ?? defaultBounds
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
      // The threads go on when the window is hidden, and so does the music.
      backgroundThrottling: false,
      // A click on a track is long ago when the tenth song begins.
      autoplayPolicy: 'no-user-gesture-required',
      spellcheck: false,
    },
  })
  onMade(window)
  lockNavigation(window)
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') void offerReload(window, reason)
  })
  const repaint = () => window.setBackgroundColor(backgroundColor())
  nativeTheme.on('updated', repaint)
  window.once('closed', () => nativeTheme.off('updated', repaint))
  // The page's isolation changes the process of the first navigation, which a test driver may lose: a blank page takes
  // that upon itself. No driver gets into a package, which starts sooner without.
  if (!app.isPackaged) await window.loadURL('about:blank')
  await window.loadURL(pageAddress)
  if (state === 'maximized') window.maximize()
  window.show()
  if (state === 'fullscreen') window.setFullScreen(true)
  return window
}

/** A page whose process has ended shows nothing and plays nothing; it can only be loaded again. */
async function offerReload(window: BrowserWindow, reason: string): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'Skein’s window stopped.',
    detail: `The system ended its process (${reason}), and the music with it. Your folder and settings are kept.`,
    buttons: ['Open it again', 'Quit'],
    cancelId: 1,
  })
  if (window.isDestroyed()) return
  if (response === 0) window.webContents.reload()
  else window.close()
}

/** No other page, no second window, no permission that playing does not need. */
function lockNavigation(window: BrowserWindow): void {
  const { webContents } = window
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  const stay = (event: Event, address: string) => {
    if (!isPageAddress(address)) event.preventDefault()
  }
  webContents.on('will-navigate', (event) => stay(event, event.url))
  webContents.on('will-redirect', (event) => stay(event, event.url))
  webContents.on('will-attach-webview', (event) => event.preventDefault())
  // Text may be copied, as in any browser; nothing else is granted.
  const isGranted = (permission: string): boolean => permission === 'clipboard-sanitized-write'
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(isGranted(permission)),
  )
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => isGranted(permission))
}

/** Whether an address is the page's own. */
export function isPageAddress(address: string): boolean {
  return address === pageOrigin || address.startsWith(`${pageOrigin}/`)
}

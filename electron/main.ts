import { resolve } from 'node:path'
import { app, BrowserWindow, dialog, nativeTheme, protocol } from 'electron'
import { logPath, startLine } from './about.ts'
import { keepDataIn } from './data-place.ts'
import { desktopProgram, logName } from './desktop-program.ts'
import { watchFailures } from './failure-watch.ts'
import { HostService } from './host-service.ts'
import { serveWindow } from './ipc.ts'
import { dataFolder } from './library/data-folder.ts'
import { errorText, note, noteEnd, openLog } from './library/log.ts'
import { mediaResponse, sentence } from './media-response.ts'
import { setMenu } from './menu.ts'
import { pageResponse } from './page-response.ts'
import { pageFolder } from './places.ts'
import { secured } from './security-headers.ts'
import { Updates } from './updates.ts'
import { openWindow } from './window.ts'

// The updater runs a fresh AppImage once, for it to settle.
if (process.env.APPIMAGE_EXIT_AFTER_INSTALL === 'true') app.exit()
app.setName('Skein')
const canLock = keepDataIn(dataFolder())
openLog(logPath(logName))
const failures = watchFailures()
protocol.registerSchemesAsPrivileged([
  {
    scheme: 'skein',
    privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
  },
])

let window: BrowserWindow | undefined
let isQuitting = false
app.on('before-quit', () => {
  isQuitting = true
})

// Where nothing can be written there is no lock to be had, and nothing that two copies could spoil.
if (!canLock || app.requestSingleInstanceLock()) {
  note('start', startLine())
  void start(folderArgument(process.argv, process.cwd())).catch((error: unknown) => {
    // A window that is closed while it loads is no failure.
    if (isQuitting) return
    note('start failed', errorText(error))
    noteEnd('it could not start')
    dialog.showErrorBox('Skein cannot start', error instanceof Error ? error.message : String(error))
    app.exit(1)
  })
} else app.quit()

async function start(folder: string | undefined): Promise<void> {
  const updates = new Updates()
  const program = desktopProgram(() => updates.state)
  const shown = Promise.withResolvers<void>()
  // Threads that start and read would take the processor from the window's first picture.
  const service = new HostService({ dialog: chooseFolder, program, ready: shown.promise })
  failures.tell = (message) => service.library.fail(message)
  updates.onChange = (state) => service.library.tell({ kind: 'updates', updates: state })
  await service.readSettings()
  void service.openFirst(folder)
  app.on('second-instance', (_event, argv, cwd) => {
    if (window?.isMinimized()) window.restore()
    window?.show()
    window?.focus()
    const other = folderArgument(argv, cwd)
    if (other !== undefined) report(service, service.open(other))
  })
  app.on('window-all-closed', () => {
    noteEnd('its window was closed')
    app.quit()
  })
  app.once('will-quit', (event) => {
    // What the page saved as it was closed is still being written, and scan threads may be in the middle of a file.
    event.preventDefault()
    noteEnd('it was asked to quit')
    void service.close().finally(() => app.exit())
  })
  await app.whenReady()
  protocol.handle('skein', async (request) => await answer(request, service))
  serveWindow(service)
  setMenu({
    openFolder: () => report(service, openByDialog(service)),
    openDemo: () => report(service, service.openDemo()),
    showAbout: () => service.library.tell({ kind: 'about' }),
    showLog: () => report(service, program.show('log')),
  })
  window = await openWindow(service.settings.theme)
  shown.resolve()
  window.on('closed', () => {
    window = undefined
  })
  updates.set(service.settings.updates)
  service.onSettings = (settings) => {
    nativeTheme.themeSource = settings.theme
    updates.set(settings.updates)
  }
  // The starter waits for this word to know that a window could be had.
  process.send?.('ready')
}

/** Serves the page, tracks and covers. */
async function answer(request: Request, service: HostService): Promise<Response> {
  if (new URL(request.url).host !== 'app') return secured(sentence(404, 'There is no such page.'))
  const response =
    (await mediaResponse(request, service.library)) ?? (await pageResponse(request, pageFolder))
  // A page of the development server is of another origin than its tracks.
  const developed = process.env.ELECTRON_RENDERER_URL !== undefined
  return secured(response, developed ? { 'Cross-Origin-Resource-Policy': 'cross-origin' } : {})
}

async function chooseFolder(): Promise<string | undefined> {
  const options: Electron.OpenDialogOptions = {
    title: 'Open a folder of music',
    properties: ['openDirectory'],
  }
  const parent = window ?? BrowserWindow.getFocusedWindow()
  const { filePaths } = await (parent
    ? dialog.showOpenDialog(parent, options)
    : dialog.showOpenDialog(options))
  return filePaths[0]
}

async function openByDialog(service: HostService): Promise<void> {
  const folder = await chooseFolder()
  if (folder !== undefined) await service.open(folder)
}

function report(service: HostService, work: Promise<void>): void {
  work.catch((error: unknown) => service.library.fail(error instanceof Error ? error.message : String(error)))
}

/** The first argument behind the program (and the application's folder, when it is not packaged) that is no option. */
function folderArgument(argv: readonly string[], cwd: string): string | undefined {
  const words = argv.slice(1).filter((word) => !word.startsWith('-'))
  const folder = words[app.isPackaged ? 0 : 1]
  return folder === undefined ? undefined : resolve(cwd, folder)
}

import { existsSync } from 'node:fs'
import { app, BrowserWindow, dialog, nativeTheme, protocol } from 'electron'
import { selectLocale } from '../shared/locale.ts'
import { logPath, type Program, startLine } from './host/about.ts'
import {
  type CommandLine,
  helpText,
  type LaunchRequest,
  notRunningMessage,
  readCommandLine,
} from './host/command-line.ts'
import { HostService } from './host/host-service.ts'
import { desktopProgram, logName } from './lifecycle/desktop-program.ts'
import { installErrorHandlers } from './lifecycle/error-reporting.ts'
import { Shutdown } from './lifecycle/shutdown.ts'
import {
  acquireSingleInstance,
  firstUserArgumentIndex,
  isPossiblyRunning,
  parseReceivedRequest,
  type SingleInstanceResult,
} from './lifecycle/single-instance.ts'
import { Updates } from './lifecycle/updates.ts'
import { configureUserDataFolder } from './lifecycle/user-data-folder.ts'
import { mediaResponse, textResponse } from './media/media-response.ts'
import { pageFolder } from './platform/paths.ts'
import { dataFolder } from './storage/data-folder.ts'
import { errorText, logExit, openLog, writeLog } from './storage/log.ts'
import { pageResponse } from './web/page-response.ts'
import { withSecurityHeaders } from './web/security-headers.ts'
import { servePage } from './window/ipc.ts'
import { setMenu } from './window/menu.ts'
import { restoreBounds, trackBounds } from './window/saved-window-bounds.ts'
import { minSize, openWindow } from './window/window.ts'

// The updater runs a fresh AppImage once, for it to settle.
if (process.env.APPIMAGE_EXIT_AFTER_INSTALL === 'true') app.exit()
app.setName('Skein')
selectLocale(app.getPreferredSystemLanguages())
protocol.registerSchemesAsPrivileged([
  {
    scheme: 'skein',
    privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
  },
])

const folder = dataFolder()
let window: BrowserWindow | undefined

runCommandLine(readCommandLine(process.argv.slice(firstUserArgumentIndex()), process.cwd()))

/** What only prints touches neither the data folder nor a display. */
function runCommandLine(asked: CommandLine): void {
  switch (asked.kind) {
    case 'version':
      printAndExit(`Skein ${app.getVersion()}`)
      break
    case 'help':
      printAndExit(helpText)
      break
    case 'mistake':
      printErrorAndExit(asked.message, 2)
      break
    case 'order':
      runLaunchRequest(asked.order)
      break
  }
}

function runLaunchRequest(order: LaunchRequest): void {
  // A script that is bound to a media key shall not open a window; who presses Play wants music.
  const needsFirst = order.kind === 'command' && order.command !== 'play-pause'
  // Where there is no data folder no Skein runs, and none is made for it.
  if (needsFirst && !existsSync(folder)) {
    printErrorAndExit(notRunningMessage, 1)
    return
  }
  // Where nothing can be written and no Skein runs there is no lock to be had, and nothing that two copies could spoil.
  const canLock = configureUserDataFolder(folder)
  if (needsFirst && !(canLock && isPossiblyRunning())) {
    printErrorAndExit(notRunningMessage, 1)
    return
  }
  const start: SingleInstanceResult = canLock ? acquireSingleInstance(order) : { kind: 'first', order }
  if (start.kind === 'handedOver') {
    if (order.kind === 'show') printAndExit('Skein is running already: its window comes to the front.')
    else app.exit(start.code)
  } else if (needsFirst) {
    app.releaseSingleInstanceLock()
    printErrorAndExit(notRunningMessage, 1)
  } else runFirstInstance(start.order)
}

function runFirstInstance(order: LaunchRequest): void {
  openLog(logPath(logName))
  writeLog('start', startLine())
  const failures = installErrorHandlers()
  const updates = new Updates()
  const program = desktopProgram(() => updates.state)
  const service = new HostService({ dialog: chooseFolder, program, waitsForPage: true })
  failures.showMessage = (message) => service.library.publishFailure(message)
  updates.onChange = (state) => service.library.publish({ kind: 'updates', updates: state })
  const ending = new Shutdown(service)
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const other = parseReceivedRequest(data) ?? { kind: 'show' }
    if (other.kind === 'show' || other.kind === 'open') focusWindow()
    service.runLaunchRequest(other)
  })
  forwardOpenedFiles(service)
  start({ service, program, updates, shutdown: ending, request: order }).catch((error: unknown) => {
    // A window that is closed while it loads is no failure.
    if (ending.hasBegun) return
    writeLog('start failed', errorText(error))
    logExit('it could not start')
    dialog.showErrorBox('Skein cannot start', error instanceof Error ? error.message : String(error))
    app.exit(1)
  })
}

interface StartContext {
  readonly service: HostService
  readonly program: Program
  readonly updates: Updates
  readonly shutdown: Shutdown
  readonly request: LaunchRequest
}

async function start({
  service,
  program,
  updates,
  shutdown: ending,
  request: order,
}: StartContext): Promise<void> {
  await service.readSettings()
  service.runFirstRequest(order)
  await app.whenReady()
  protocol.handle('skein', async (request) => await handleRequest(request, service))
  servePage(service)
  setMenu({
    openFolder: () => reportFailure(service, openFolderByDialog(service)),
    openDemo: () => reportFailure(service, service.openDemo()),
    showAbout: () => service.library.publish({ kind: 'about' }),
    showLog: () => reportFailure(service, program.show('log')),
  })
  const place = restoreBounds(service.windowBounds, minSize)
  const opened = await openWindow(service.settings.theme, place, (made) => {
    window = made
    const savePlace = trackBounds(made, (present) => void service.saveWindowBounds(present))
    ending.attachWindow(made, savePlace)
  })
  opened.on('closed', () => {
    window = undefined
  })
  updates.setEnabled(service.settings.updates)
  service.onSettings = (settings) => {
    nativeTheme.themeSource = settings.theme
    updates.setEnabled(settings.updates)
  }
  // The starter waits for this word to know that a window could be had.
  process.send?.('ready')
}

function focusWindow(): void {
  if (window?.isMinimized()) window.restore()
  window?.show()
  window?.focus()
}

/** macOS tells files that are opened one by one; those of one moment belong together. */
function forwardOpenedFiles(service: HostService): void {
  let paths: string[] = []
  app.on('open-file', (event, path) => {
    event.preventDefault()
    if (paths.length === 0)
      setTimeout(() => {
        service.runLaunchRequest({ kind: 'open', paths })
        paths = []
      }, 100)
    paths.push(path)
  })
}

function printAndExit(text: string): void {
  process.stdout.write(`${text}\n`, () => app.exit(0))
}

function printErrorAndExit(sentence: string, code: number): void {
  process.stderr.write(`${sentence}\n`, () => app.exit(code))
}

/** Serves the page, tracks and covers. */
async function handleRequest(request: Request, service: HostService): Promise<Response> {
  if (new URL(request.url).host !== 'app')
    return withSecurityHeaders(textResponse(404, 'There is no such page.'))
  const response =
    (await mediaResponse(request, service.library)) ?? (await pageResponse(request, pageFolder))
  // A page of the development server is of another origin than its tracks.
  const developed = process.env.ELECTRON_RENDERER_URL !== undefined
  return withSecurityHeaders(response, developed ? { 'Cross-Origin-Resource-Policy': 'cross-origin' } : {})
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

async function openFolderByDialog(service: HostService): Promise<void> {
  const folder = await chooseFolder()
  if (folder !== undefined) await service.open(folder)
}

function reportFailure(service: HostService, work: Promise<void>): void {
  work.catch((error: unknown) =>
    service.library.publishFailure(error instanceof Error ? error.message : String(error)),
  )
}

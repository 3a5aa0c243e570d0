import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  session,
  shell,
} from 'electron'
import { m } from '../shared/i18n/messages.js'
import { selectLocale } from '../shared/locale.ts'
import { logPath, type Program, startLine } from './host/about.ts'
import { HostService } from './host/host-service.ts'
import type { LaunchRequest } from './host/launch-request.ts'
import { type CommandLine, readCommandLine } from './lifecycle/command-line.ts'
import { desktopProgram, logName } from './lifecycle/desktop-program.ts'
import { startElectronWatcher } from './lifecycle/electron-watcher.ts'
import { installErrorHandlers } from './lifecycle/error-reporting.ts'
import { forwardIncomingRequests } from './lifecycle/incoming-requests.ts'
import { resolveLaunch } from './lifecycle/resolve-launch.ts'
import { Shutdown } from './lifecycle/shutdown.ts'
import { firstUserArgumentIndex } from './lifecycle/single-instance.ts'
import { findReleaseFeed, loadElectronUpdater, Updates } from './lifecycle/updates.ts'
import { mediaResponse, textResponse } from './media/media-response.ts'
import { endProcess } from './platform/end-process.ts'
import { pageFolder } from './platform/paths.ts'
import { dataFolder } from './storage/data-folder.ts'
import { errorText, logExit, openLog, writeLog } from './storage/log.ts'
import { pageResponse } from './web/page-response.ts'
import { withSecurityHeaders } from './web/security-headers.ts'
import { servePage } from './window/ipc.ts'
import { lockNavigation, lockSession } from './window/lock-page.ts'
import { setMenu } from './window/menu.ts'
import { findPage } from './window/page-address.ts'
import { playlistDialogs } from './window/playlist-dialogs.ts'
import { restoreBounds, trackBounds } from './window/saved-window-bounds.ts'
import { minSize, openWindow } from './window/window.ts'

// The updater runs a new AppImage once after its installation.
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
const page = findPage(app.isPackaged)
let window: BrowserWindow | undefined

await runCommandLine(readCommandLine(process.argv.slice(firstUserArgumentIndex(app)), process.cwd()))

/** A command line that only prints touches neither the data folder nor a display, which Electron opens afterwards. */
async function runCommandLine(commandLine: CommandLine): Promise<void> {
  switch (commandLine.kind) {
    case 'version':
      printAndExit(`Skein ${app.getVersion()}`)
      break
    case 'help':
      printAndExit(m.cli_help())
      break
    case 'usage-error':
      printErrorAndExit(commandLine.message, 2)
      break
    case 'inspect': {
      const { runInspection } = await import('./inspect/run-inspection.ts')
      app.exit(await runInspection(commandLine.paths))
      break
    }
    case 'launch':
      runLaunchRequest(commandLine.request)
      break
  }
}

function runLaunchRequest(request: LaunchRequest): void {
  const result = resolveLaunch({ app, folder, request })
  if (result.kind === 'run') runFirstInstance(result.request)
  else if (result.error !== undefined) printErrorAndExit(result.error, result.code)
  else if (result.output !== undefined) printAndExit(result.output)
  else app.exit(result.code)
}

function runFirstInstance(request: LaunchRequest): void {
  // Electron builds a menu of its own unless one is set before it is ready.
  Menu.setApplicationMenu(null)
  openLog(logPath(logName))
  writeLog('start', startLine())
  const errors = installErrorHandlers({ app, process, showMessage: showStartFailure })
  const updates = new Updates({
    isPackaged: app.isPackaged,
    releaseFeed: findReleaseFeed(app.isPackaged),
    loadUpdater: loadElectronUpdater,
  })
  const program = desktopProgram({ shell, updates: () => updates.state })
  const service = new HostService({
    dialog: chooseFolder,
    playlistDialogs: playlistDialogs(() => window ?? BrowserWindow.getFocusedWindow() ?? undefined),
    program,
    startWatcher: startElectronWatcher,
    waitsForPage: true,
  })
  errors.showMessage = (message) => service.events.publishFailure(message)
  updates.onChange = (state) => service.events.publish({ kind: 'updates', updates: state })
  const shutdown = new Shutdown({
    app,
    process,
    powerMonitor,
    service,
    end: (haveThreadsEnded) => void endProcess(() => app.exit(0), haveThreadsEnded),
  })
  forwardIncomingRequests({ app, launchRequests: service.launchRequests, focusWindow })
  start({ service, program, updates, shutdown, request }).catch((error: unknown) => {
    // A window that is closed while it loads is not a failure.
    if (shutdown.hasBegun) return
    writeLog('start failed', errorText(error))
    logExit('it could not start')
    showStartFailure(error instanceof Error ? error.message : String(error))
  })
}

function showStartFailure(message: string): void {
  dialog.showErrorBox(m.host_cannot_start(), message)
  app.exit(1)
}

interface StartContext {
  readonly service: HostService
  readonly program: Program
  readonly updates: Updates
  readonly shutdown: Shutdown
  readonly request: LaunchRequest
}

async function start({ service, program, updates, shutdown, request }: StartContext): Promise<void> {
  await service.start(request)
  await app.whenReady()
  protocol.handle('skein', async (pageRequest) => await handleRequest(pageRequest, service))
  lockSession(session.defaultSession, page)
  lockNavigation(app, page)
  servePage({ service, ipcMain, isPageAddress: page.isOwnAddress })
  setMenu({
    openFolder: () => reportFailure(service, openFolderByDialog(service)),
    openDemo: () => reportFailure(service, service.openDemo()),
    showAbout: () => service.events.publish({ kind: 'about' }),
    showLog: () => reportFailure(service, program.show('log')),
  })
  const { settings, window: lastBounds } = service.settingsFile.state
  const bounds = restoreBounds(lastBounds, minSize)
  const opened = await openWindow({ page, theme: settings.theme, bounds }, (created) => {
    window = created
    const saveBounds = trackBounds(
      created,
      (present) => void service.settingsFile.change({ window: present }),
    )
    shutdown.attachWindow(created, saveBounds)
  })
  opened.on('closed', () => {
    window = undefined
  })
  updates.setEnabled(service.settingsFile.state.settings.updates)
  service.onSettings = ({ theme, updates: isEnabled }) => {
    nativeTheme.themeSource = theme
    updates.setEnabled(isEnabled)
  }
  // scripts/start.ts waits for this message to know that there is a window.
  process.send?.('ready')
}

function focusWindow(): void {
  if (window?.isMinimized()) window.restore()
  window?.show()
  window?.focus()
}

function printAndExit(text: string): void {
  process.stdout.write(`${text}\n`, () => app.exit(0))
}

function printErrorAndExit(message: string, code: number): void {
  process.stderr.write(`${message}\n`, () => app.exit(code))
}

/** Serves the page, tracks and covers. */
async function handleRequest(request: Request, service: HostService): Promise<Response> {
  if (new URL(request.url).host !== 'app')
    return withSecurityHeaders(textResponse(404, m.host_http_no_page()))
  const response =
    (await mediaResponse(request, service.library)) ?? (await pageResponse(request, pageFolder))
  // A page of the development server has another origin than its tracks.
  return withSecurityHeaders(
    response,
    page.isDevelopment ? { 'Cross-Origin-Resource-Policy': 'cross-origin' } : {},
  )
}

async function chooseFolder(): Promise<string | undefined> {
  const options: Electron.OpenDialogOptions = {
    title: m.host_choose_folder_title(),
    properties: ['openDirectory'],
  }
  const parent = window ?? BrowserWindow.getFocusedWindow()
  const { filePaths } = await (parent
    ? dialog.showOpenDialog(parent, options)
    : dialog.showOpenDialog(options))
  return filePaths[0]
}

async function openFolderByDialog(service: HostService): Promise<void> {
  const chosen = await chooseFolder()
  if (chosen !== undefined) await service.open(chosen)
}

function reportFailure(service: HostService, work: Promise<void>): void {
  work.catch((error: unknown) =>
    service.events.publishFailure(error instanceof Error ? error.message : String(error)),
  )
}

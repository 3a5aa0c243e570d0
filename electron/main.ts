import { existsSync } from 'node:fs'
import { app, BrowserWindow, dialog, nativeTheme, protocol } from 'electron'
import { logPath, type Program, startLine } from './about.ts'
import { type CommandLine, help, notRunning, type Order, readCommandLine } from './command-line.ts'
import { keepDataIn } from './data-place.ts'
import { desktopProgram, logName } from './desktop-program.ts'
import { Ending } from './ending.ts'
import { watchFailures } from './failure-watch.ts'
import { becomeFirst, type HandOver, mayRun, receivedOrder, wordsBegin } from './hand-over.ts'
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
import { leastSize, openWindow } from './window.ts'
import { followPlace, placeNow } from './window-memory.ts'

// The updater runs a fresh AppImage once, for it to settle.
if (process.env.APPIMAGE_EXIT_AFTER_INSTALL === 'true') app.exit()
app.setName('Skein')
protocol.registerSchemesAsPrivileged([
  {
    scheme: 'skein',
    privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
  },
])

const folder = dataFolder()
let window: BrowserWindow | undefined

run(readCommandLine(process.argv.slice(wordsBegin()), process.cwd()))

/** What only prints touches neither the data folder nor a display. */
function run(asked: CommandLine): void {
  switch (asked.kind) {
    case 'version':
      say(`Skein ${app.getVersion()}`)
      break
    case 'help':
      say(help)
      break
    case 'mistake':
      complain(asked.message, 2)
      break
    case 'order':
      runOrder(asked.order)
      break
  }
}

function runOrder(order: Order): void {
  // A script that is bound to a media key shall not open a window; who presses Play wants music.
  const needsFirst = order.kind === 'command' && order.command !== 'play-pause'
  // Where there is no data folder no Skein runs, and none is made for it.
  if (needsFirst && !existsSync(folder)) {
    complain(notRunning, 1)
    return
  }
  // Where nothing can be written and no Skein runs there is no lock to be had, and nothing that two copies could spoil.
  const canLock = keepDataIn(folder)
  if (needsFirst && !(canLock && mayRun())) {
    complain(notRunning, 1)
    return
  }
  const start: HandOver = canLock ? becomeFirst(order) : { kind: 'first', order }
  if (start.kind === 'handedOver') {
    if (order.kind === 'show') say('Skein is running already: its window comes to the front.')
    else app.exit(start.code)
  } else if (needsFirst) {
    app.releaseSingleInstanceLock()
    complain(notRunning, 1)
  } else beFirst(start.order)
}

function beFirst(order: Order): void {
  openLog(logPath(logName))
  note('start', startLine())
  const failures = watchFailures()
  const updates = new Updates()
  const program = desktopProgram(() => updates.state)
  const service = new HostService({ dialog: chooseFolder, program, waitsForPage: true })
  failures.tell = (message) => service.library.fail(message)
  updates.onChange = (state) => service.library.tell({ kind: 'updates', updates: state })
  const ending = new Ending(service)
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const other = receivedOrder(data) ?? { kind: 'show' }
    if (other.kind === 'show' || other.kind === 'open') bringForward()
    service.carryOutOrder(other)
  })
  followOpenedFiles(service)
  start({ service, program, updates, ending, order }).catch((error: unknown) => {
    // A window that is closed while it loads is no failure.
    if (ending.isEnding) return
    note('start failed', errorText(error))
    noteEnd('it could not start')
    dialog.showErrorBox('Skein cannot start', error instanceof Error ? error.message : String(error))
    app.exit(1)
  })
}

interface Start {
  readonly service: HostService
  readonly program: Program
  readonly updates: Updates
  readonly ending: Ending
  readonly order: Order
}

async function start({ service, program, updates, ending, order }: Start): Promise<void> {
  await service.readSettings()
  service.begin(order)
  await app.whenReady()
  protocol.handle('skein', async (request) => await answer(request, service))
  serveWindow(service)
  setMenu({
    openFolder: () => report(service, openByDialog(service)),
    openDemo: () => report(service, service.openDemo()),
    showAbout: () => service.library.tell({ kind: 'about' }),
    showLog: () => report(service, program.show('log')),
  })
  const place = placeNow(service.windowPlace, leastSize)
  const opened = await openWindow(service.settings.theme, place, (made) => {
    window = made
    const savePlace = followPlace(made, (present) => void service.saveWindowPlace(present))
    ending.follow(made, savePlace)
  })
  opened.on('closed', () => {
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

function bringForward(): void {
  if (window?.isMinimized()) window.restore()
  window?.show()
  window?.focus()
}

/** macOS tells files that are opened one by one; those of one moment belong together. */
function followOpenedFiles(service: HostService): void {
  let paths: string[] = []
  app.on('open-file', (event, path) => {
    event.preventDefault()
    if (paths.length === 0)
      setTimeout(() => {
        service.carryOutOrder({ kind: 'open', paths })
        paths = []
      }, 100)
    paths.push(path)
  })
}

function say(text: string): void {
  process.stdout.write(`${text}\n`, () => app.exit(0))
}

function complain(sentence: string, code: number): void {
  process.stderr.write(`${sentence}\n`, () => app.exit(code))
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

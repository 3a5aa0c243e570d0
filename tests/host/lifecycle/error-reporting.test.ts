import { EventEmitter } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { type ErrorReporter, installErrorHandlers } from '../../../electron/lifecycle/error-reporting.ts'
import { openLog } from '../../../electron/storage/log.ts'
import { asApp, FakeApp, FakeEvent } from '../fake-app.ts'
import { scratchFolder } from '../scratch.ts'

const uncaughtMessage = 'Something went wrong. If Skein misbehaves, restart it; see Help > Show the log.'

let app: FakeApp
let process: EventEmitter
let shown: string[]
let reporter: ErrorReporter
let logPath: string

beforeEach(() => {
  app = new FakeApp()
  process = new EventEmitter()
  shown = []
  logPath = join(scratchFolder(), 'skein.log')
  openLog(logPath)
  reporter = installErrorHandlers({
    app: asApp(app),
    process,
    showMessage: (message) => shown.push(message),
  })
})

const log = () => (existsSync(logPath) ? readFileSync(logPath, 'utf8') : '')

describe('an error of the host that nothing caught', () => {
  test.each(['uncaughtException', 'unhandledRejection'])(
    '(%s) is logged with its stack and shown',
    (event) => {
      process.emit(event, new Error('no such thing'))
      expect(log()).toMatch(/uncaught: Error: no such thing\n +at /)
      expect(shown).toEqual([uncaughtMessage])
    },
  )

  test('is shown once, however many follow, and each is logged', () => {
    for (const text of ['first', 'second']) process.emit('uncaughtException', new Error(text))
    process.emit('unhandledRejection', 'third')
    expect(shown).toEqual([uncaughtMessage])
    for (const text of ['first', 'second', 'third']) expect(log()).toContain(text)
  })

  test('because the terminal was closed is logged only, and hides no later one', () => {
    process.emit('uncaughtException', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
    expect(shown).toEqual([])
    process.emit('uncaughtException', new Error('another'))
    expect(shown).toEqual([uncaughtMessage])
  })

  test('is shown in the window once there is one', () => {
    const inWindow: string[] = []
    reporter.showMessage = (message) => inWindow.push(message)
    process.emit('uncaughtException', new Error('late'))
    expect([shown, inWindow]).toEqual([[], [uncaughtMessage]])
  })
})

describe('a process that ends', () => {
  const endProcess = (type: string, reason: string) =>
    app.emit('child-process-gone', new FakeEvent(), { type, reason, exitCode: 9 })

  test('is logged with its kind, reason and exit code', () => {
    app.emit('render-process-gone', new FakeEvent(), {}, { reason: 'oom', exitCode: 5 })
    endProcess('Utility', 'crashed')
    expect(log()).toContain('window gone: oom, exit code 5')
    expect(log()).toContain('process gone: Utility: crashed, exit code 9')
    expect(shown).toEqual([])
  })

  test('as it should is not logged', () => {
    app.emit('render-process-gone', new FakeEvent(), {}, { reason: 'clean-exit', exitCode: 0 })
    for (let count = 0; count < 3; count++) endProcess('GPU', 'clean-exit')
    expect([log(), shown]).toEqual(['', []])
  })

  test('is reported if it is the third crash of the graphics process, and only then', () => {
    const messages: number[] = []
    for (let count = 0; count < 5; count++) {
      endProcess('GPU', 'crashed')
      messages.push(shown.length)
    }
    expect(messages).toEqual([0, 0, 1, 1, 1])
    expect(shown[0]).toMatch(/^The graphics driver failed several times\./)
  })
})

describe('an error in the page', () => {
  function openPage(): EventEmitter {
    const contents = new EventEmitter()
    app.emit('web-contents-created', new FakeEvent(), contents)
    return contents
  }
  /** The arguments of Electron before 35. */
  const printOld = (page: EventEmitter, level: number, message: string) =>
    page.emit('console-message', new FakeEvent(), level, message, 1, 'skein://app/')
  /** One argument since Electron 35. */
  const printNew = (page: EventEmitter, level: string, message: string) =>
    page.emit('console-message', { ...new FakeEvent(), level, message })

  test('is logged, a warning is not', () => {
    const page = openPage()
    printOld(page, 3, 'old error')
    printNew(page, 'error', 'new error')
    printOld(page, 2, 'old warning')
    printNew(page, 'warning', 'new warning')
    expect(log()).toContain('page: old error')
    expect(log()).toContain('page: new error')
    expect(log()).not.toContain('warning')
  })

  test('that repeats with every frame fills no log, on however many pages', () => {
    for (const page of [openPage(), openPage()])
      for (let frame = 0; frame < 150; frame++) printOld(page, 3, 'again')
    expect(log().trimEnd().split('\n')).toHaveLength(200)
  })
})

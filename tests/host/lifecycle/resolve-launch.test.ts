import { existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { LaunchRequest } from '../../../electron/host/launch-request.ts'
import { resolveLaunch } from '../../../electron/lifecycle/resolve-launch.ts'
import { asApp, FakeApp } from '../fake-app.ts'
import { canForbidWriting, readOnlyFolder, scratchFolder } from '../scratch.ts'

const next: LaunchRequest = { kind: 'command', command: 'next' }
const open: LaunchRequest = { kind: 'open', paths: ['/a.mp3'] }
const notRunning = { kind: 'exit', code: 1, error: 'Skein is not running: start it first.' }

/** Windows has no lock file, and always counts as possibly running. */
const hasLockFile = process.platform !== 'win32'

let app: FakeApp

beforeEach(() => {
  app = new FakeApp()
})

const launch = (request: LaunchRequest, folder = scratchFolder()) =>
  resolveLaunch({ app: asApp(app), folder, request })

function runningFolder(): string {
  const folder = scratchFolder()
  if (hasLockFile) symlinkSync(`machine-${process.pid}`, join(folder, 'SingletonLock'))
  app.isFirst = false
  return folder
}

describe('without a running Skein', () => {
  test.each<LaunchRequest>([
    { kind: 'show' },
    open,
    { kind: 'enqueue', paths: ['/a.mp3'] },
    { kind: 'command', command: 'play-pause' },
  ])('%j starts it', (request) => {
    expect(launch(request)).toEqual({ kind: 'run', request })
  })

  test.runIf(hasLockFile).each(['next', 'previous'] as const)(
    '%s starts nothing and takes no lock',
    (command) => {
      expect(launch({ kind: 'command', command })).toEqual(notRunning)
      expect(app.sent).toEqual([])
    },
  )

  test('next creates no data folder', () => {
    const folder = join(scratchFolder(), 'missing')
    expect(launch(next, folder)).toEqual(notRunning)
    expect(existsSync(folder)).toBe(false)
  })

  test('next beside the lock of a Skein that crashed gives the lock back', () => {
    const folder = runningFolder()
    app.isFirst = true
    expect(launch(next, folder)).toEqual(notRunning)
    expect(app.releaseCount).toBe(1)
  })

  test.runIf(canForbidWriting)('a read-only data folder is used without a lock', () => {
    expect(launch(open, readOnlyFolder())).toEqual({ kind: 'run', request: open })
    expect(app.sent).toEqual([])
  })
})

describe('beside a running Skein', () => {
  test.each<LaunchRequest>([open, next, { kind: 'enqueue', paths: ['/a.mp3'] }])(
    '%j is handed over in silence',
    (request) => {
      expect(launch(request, runningFolder())).toEqual({ kind: 'exit', code: 0 })
      expect(app.sent).toEqual([request])
    },
  )

  test('a start without a request says that Skein runs', () => {
    expect(launch({ kind: 'show' }, runningFolder())).toEqual({
      kind: 'exit',
      code: 0,
      output: 'Skein is already running. Its window comes to the front.',
    })
  })
})

import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { LaunchRequest } from '../../../electron/host/launch-request.ts'
import {
  acquireSingleInstance,
  firstUserArgumentIndex,
  isPossiblyRunning,
  parseReceivedRequest,
} from '../../../electron/lifecycle/single-instance.ts'
import { asApp, FakeApp } from '../fake-app.ts'
import { canForbidWriting, readOnlyFolder, scratchFolder } from '../scratch.ts'

const requestFileVariable = 'SKEIN_HAND_OVER'
const one: LaunchRequest = { kind: 'open', paths: ['/a.mp3'] }
const many: LaunchRequest = {
  kind: 'enqueue',
  paths: Array.from({ length: 1000 }, (_, index) => `/music/${index} ü.mp3`),
}

let folder: string
let app: FakeApp

beforeEach(() => {
  folder = scratchFolder()
  app = new FakeApp()
  app.setPath('userData', folder)
})

/** Windows has no lock file, and always counts as possibly running. */
const hasLockFile = process.platform !== 'win32'

function setRunning(inFolder = folder): void {
  if (!hasLockFile) return
  symlinkSync(`machine-${process.pid}`, join(inFolder, 'SingletonLock'))
}

function setRequestFile(file: string): void {
  process.env[requestFileVariable] = file
  onTestFinished(() => void delete process.env[requestFileVariable])
}

function writeRequestFile(content: string, name = 'hand-over-1.json'): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

/** Makes this process look like a start of the repository whose program is a script; the script is run in its place. */
function startFrom(script: string, ...args: string[]): void {
  const program = join(folder, 'program.mjs')
  writeFileSync(program, script)
  const argv = process.argv
  process.argv = [process.execPath, program, ...args]
  onTestFinished(() => {
    process.argv = argv
  })
  app.isPackaged = false
}

describe('a start', () => {
  test('without another instance runs its request itself', () => {
    expect(acquireSingleInstance(asApp(app), one)).toEqual({ kind: 'first', request: one })
    expect(app.sent).toEqual([one])
  })

  test('beside another instance hands its request over', () => {
    app.isFirst = false
    setRunning()
    expect(acquireSingleInstance(asApp(app), one)).toEqual({ kind: 'handed-over', code: 0 })
    expect(app.sent).toEqual([one])
  })

  test.runIf(hasLockFile)(
    'with more files than Chromium passes on runs them itself if there is no other instance',
    () => {
      expect(acquireSingleInstance(asApp(app), many)).toEqual({ kind: 'first', request: many })
      expect(readdirSync(folder)).toEqual([])
    },
  )
})

describe('a start with more files than Chromium passes on, beside another instance', () => {
  test('lets a start without them hand over a file with the request, and returns its exit code', () => {
    setRunning()
    const copy = JSON.stringify(join(folder, 'copy'))
    startFrom(
      `import { copyFileSync, writeFileSync } from 'node:fs'
       copyFileSync(process.env.${requestFileVariable}, ${copy})
       writeFileSync(${copy} + '-args', JSON.stringify(process.argv.slice(2)))
       process.exit(3)`,
      ...many.paths,
    )
    expect(acquireSingleInstance(asApp(app), many)).toEqual({ kind: 'handed-over', code: 3 })
    expect(JSON.parse(readFileSync(join(folder, 'copy'), 'utf8'))).toEqual(many)
    expect(JSON.parse(readFileSync(join(folder, 'copy-args'), 'utf8'))).toEqual([])
    expect(app.sent).toEqual([])
    expect(readdirSync(folder).filter((name) => name.startsWith('hand-over'))).toEqual([])
  })

  test('counts the command line too, which Chromium sends with the request', () => {
    setRunning()
    startFrom('process.exit(3)', '--enable-features='.padEnd(20_000, 'x'))
    expect(acquireSingleInstance(asApp(app), one)).toEqual({ kind: 'handed-over', code: 3 })
  })

  test.runIf(canForbidWriting)('ends with one sentence if the file cannot be written', () => {
    const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    onTestFinished(() => errors.mockRestore())
    app.setPath('userData', readOnlyFolder(setRunning))
    expect(acquireSingleInstance(asApp(app), many)).toEqual({ kind: 'handed-over', code: 1 })
    expect(errors.mock.calls).toEqual([
      [expect.stringMatching(/^Skein cannot pass on this many files \(E\w+\)/)],
    ])
  })
})

describe('the start that hands over a file', () => {
  test('sends its name alone, and leaves the file to the instance that runs', () => {
    app.isFirst = false
    const file = writeRequestFile(JSON.stringify(many))
    setRequestFile(file)
    expect(acquireSingleInstance(asApp(app), { kind: 'show' })).toEqual({ kind: 'handed-over', code: 0 })
    expect(app.sent).toEqual([{ file }])
    expect(existsSync(file)).toBe(true)
  })

  test('runs the request itself if the other instance has ended meanwhile', () => {
    const file = writeRequestFile(JSON.stringify(many))
    setRequestFile(file)
    expect(acquireSingleInstance(asApp(app), { kind: 'show' })).toEqual({ kind: 'first', request: many })
    expect(existsSync(file)).toBe(false)
  })

  test('does not pass the name of the file on to the programs that it starts', () => {
    setRequestFile(writeRequestFile(JSON.stringify(many)))
    acquireSingleInstance(asApp(app), { kind: 'show' })
    expect(process.env[requestFileVariable]).toBeUndefined()
  })
})

describe('a received request', () => {
  test('is read from its file, which is removed', () => {
    const file = writeRequestFile(JSON.stringify(many))
    expect(parseReceivedRequest(asApp(app), { file })).toEqual(many)
    expect(existsSync(file)).toBe(false)
  })

  test.each(['', '{', '{"kind":"quit"}', '{"kind":"open","paths":["/a"],"more":1}'])(
    'in a file that contains %j is ignored, and the file is removed',
    (content) => {
      const file = writeRequestFile(content)
      expect(parseReceivedRequest(asApp(app), { file })).toBeUndefined()
      expect(existsSync(file)).toBe(false)
    },
  )

  test('in a missing file is ignored', () => {
    expect(parseReceivedRequest(asApp(app), { file: join(folder, 'hand-over-9.json') })).toBeUndefined()
  })

  test('in a file of another name or folder is ignored, and the file stays', () => {
    const elsewhere = join(scratchFolder(), 'hand-over-1.json')
    writeFileSync(elsewhere, JSON.stringify(one))
    const settings = writeRequestFile(JSON.stringify(one), 'settings.json')
    for (const file of [elsewhere, settings, join(folder, 'below', '..', '..', 'hand-over-1.json')])
      expect(parseReceivedRequest(asApp(app), { file })).toBeUndefined()
    expect([existsSync(elsewhere), existsSync(settings)]).toEqual([true, true])
  })

  test.runIf(canForbidWriting)('in a file that cannot be removed is read all the same', () => {
    const readOnly = readOnlyFolder((inFolder) =>
      writeFileSync(join(inFolder, 'hand-over-1.json'), JSON.stringify(many)),
    )
    app.setPath('userData', readOnly)
    expect(parseReceivedRequest(asApp(app), { file: join(readOnly, 'hand-over-1.json') })).toEqual(many)
  })
})

describe('another instance', () => {
  test.runIf(hasLockFile)('may run if there is a lock, even a stale one', () => {
    expect(isPossiblyRunning(asApp(app))).toBe(false)
    symlinkSync('machine-99999999', join(folder, 'SingletonLock'))
    expect(isPossiblyRunning(asApp(app))).toBe(true)
  })
})

test.each([
  [true, ['skein', 'a.mp3'], 1],
  [true, ['skein'], 1],
  [false, ['electron', '.', 'a.mp3'], 2],
  [false, ['electron', '--no-sandbox', '--inspect=0', '.', 'a.mp3'], 4],
])(
  "the user's arguments start after the program and its folder (packaged: %j, %j)",
  (isPackaged, argv, index) => {
    expect(firstUserArgumentIndex({ isPackaged }, argv)).toBe(index)
  },
)

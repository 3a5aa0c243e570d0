import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { configureUserDataFolder } from '../../../electron/lifecycle/user-data-folder.ts'
import { asApp, FakeApp } from '../fake-app.ts'
import { canForbidWriting, canMount, readOnlyFolder, scratchFolder, smallDisk } from '../scratch.ts'

const enough = () => 1024 ** 3
const temporaryName = new RegExp(`^skein-temporary-${process.pid}-\\w{6}$`)
/** The process with this number has ended: Linux and macOS number at most four million. */
const endedPid = 99_999_999

let app: FakeApp
let temporaryParent: string

beforeEach(() => {
  app = new FakeApp()
  temporaryParent = scratchFolder()
})

const configure = (folder: string, freeBytes: (folder: string) => number = enough) =>
  configureUserDataFolder({ app: asApp(app), folder, temporaryParents: [temporaryParent], freeBytes })

/** Returns the temporary folder that this run made; undefined for none. */
function temporaryFolder(): string | undefined {
  const name = readdirSync(temporaryParent).find((found) => temporaryName.test(found))
  return name === undefined ? undefined : join(temporaryParent, name)
}

function expectNormalFolders(folder: string): void {
  expect(Object.fromEntries(app.folders)).toEqual({ userData: folder, sessionData: join(folder, 'browser') })
  expect(temporaryFolder()).toBeUndefined()
}

function expectTemporaryFolders(userData: string | undefined): void {
  const temporary = temporaryFolder()
  expect(temporary).toBeDefined()
  expect(Object.fromEntries(app.folders)).toEqual({
    userData: userData ?? temporary,
    sessionData: temporary,
  })
}

describe('a data folder', () => {
  test('that is missing is created, with the folder of Chromium below it', () => {
    const folder = join(scratchFolder(), 'new', 'folder')
    expect(configure(folder)).toBe(true)
    expectNormalFolders(folder)
    expect(existsSync(join(folder, 'browser'))).toBe(true)
  })

  test('keeps its content', () => {
    const folder = scratchFolder()
    writeFileSync(join(folder, 'settings.json'), '{}')
    expect(configure(folder)).toBe(true)
    expectNormalFolders(folder)
    expect(readdirSync(folder).sort()).toEqual(['browser', 'settings.json'])
  })

  test('with a file in its place stays as it is, and Chromium gets a temporary one without a lock', () => {
    const folder = join(scratchFolder(), 'a file')
    writeFileSync(folder, 'kept')
    expect(configure(folder)).toBe(false)
    expectTemporaryFolders(undefined)
    expect(readFileSync(folder, 'utf8')).toBe('kept')
  })

  test('with a file in the place of its browser folder keeps its lock', () => {
    const folder = scratchFolder()
    writeFileSync(join(folder, 'browser'), '')
    expect(configure(folder)).toBe(true)
    expectTemporaryFolders(folder)
  })

  test('on a disk with little space left keeps its lock, and Chromium writes elsewhere', () => {
    const folder = scratchFolder()
    const megabyte = 1024 ** 2
    expect(configure(folder, (asked) => (asked.startsWith(folder) ? megabyte : enough()))).toBe(true)
    expectTemporaryFolders(folder)
  })

  test.runIf(canForbidWriting)('that is read-only leaves Chromium a temporary one without a lock', () => {
    const folder = readOnlyFolder()
    expect(configure(folder)).toBe(false)
    expectTemporaryFolders(undefined)
    expect(readdirSync(folder)).toEqual([])
  })

  test.runIf(canForbidWriting)('that is read-only by now still leads to the instance that runs in it', () => {
    const folder = readOnlyFolder((inFolder) =>
      symlinkSync(`machine-${process.pid}`, join(inFolder, 'SingletonLock')),
    )
    expect(configure(folder)).toBe(true)
    expectTemporaryFolders(folder)
  })

  test.runIf(canForbidWriting)(
    'that is read-only with the lock of an instance that crashed has no lock',
    () => {
      const folder = readOnlyFolder((inFolder) =>
        symlinkSync(`machine-${endedPid}`, join(inFolder, 'SingletonLock')),
      )
      expect(configure(folder)).toBe(false)
      expectTemporaryFolders(undefined)
    },
  )

  test.runIf(canMount)('on a full disk leaves Chromium a temporary one without a lock', () => {
    const folder = smallDisk(64)
    expect(() => writeFileSync(join(folder, 'much'), Buffer.alloc(128 * 1024))).toThrow('ENOSPC')
    expect(configure(folder)).toBe(false)
    expectTemporaryFolders(undefined)
    expect(readdirSync(folder)).toEqual(['much'])
  })

  test.runIf(canMount)(
    'on a small disk, whose free space the system reports, is not used by Chromium',
    () => {
      const folder = smallDisk(1024)
      const options = { app: asApp(app), folder, temporaryParents: [temporaryParent] }
      expect(configureUserDataFolder(options)).toBe(true)
      expectTemporaryFolders(folder)
    },
  )
})

describe('the temporary folder', () => {
  const broken = () => {
    const folder = join(scratchFolder(), 'a file')
    writeFileSync(folder, '')
    return folder
  }

  test('is removed when Skein quits', () => {
    configure(broken())
    const folder = temporaryFolder()
    writeFileSync(join(folder ?? '', 'Cookies'), 'x')
    app.emit('quit')
    expect(existsSync(folder ?? '')).toBe(false)
  })

  test('of a run that crashed is removed at the next one, that of a running Skein is not', () => {
    const ended = `skein-temporary-${endedPid}-abcdef`
    const running = `skein-temporary-${process.ppid}-abcdef`
    for (const name of [ended, running, 'other']) mkdirSync(join(temporaryParent, name))
    configure(broken())
    const left = readdirSync(temporaryParent).filter((name) => !temporaryName.test(name))
    expect(left.sort()).toEqual(['other', running])
  })

  test('lies in the first folder that exists and has space', () => {
    const full = scratchFolder()
    const good = scratchFolder()
    configureUserDataFolder({
      app: asApp(app),
      folder: broken(),
      temporaryParents: [undefined, '', join(full, 'missing'), full, good, temporaryParent],
      freeBytes: (folder) => (folder === full ? 0 : enough()),
    })
    expect(readdirSync(good)).toEqual([expect.stringMatching(temporaryName)])
    expect(temporaryFolder()).toBeUndefined()
  })

  test('is missing if there is no place for one, and Chromium decides', () => {
    const folder = broken()
    const options = { app: asApp(app), folder, temporaryParents: [join(folder, 'below')], freeBytes: enough }
    expect(configureUserDataFolder(options)).toBe(false)
    expect(app.folders.size).toBe(0)
  })
})

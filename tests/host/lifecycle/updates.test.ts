import { EventEmitter } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { findReleaseFeed, type Updater, Updates } from '../../../electron/lifecycle/updates.ts'
import { openLog } from '../../../electron/storage/log.ts'
import type { UpdateState } from '../../../shared/host-api.ts'
import { scratchFolder } from '../scratch.ts'

const day = 24 * 60 * 60 * 1000
const feed = '/skein/app-update.yml'

/** Finds nothing; a test sends the events of a newer version. */
class FakeUpdater extends EventEmitter {
  autoInstallOnAppQuit = true
  forceDevUpdateConfig = false
  logger: unknown = console
  updateConfigPath = ''
  checkCount = 0
  /** What a check does. */
  check: () => Promise<null> = async () => null

  async checkForUpdates(): Promise<null> {
    this.checkCount++
    return await this.check()
  }
}

let updater: FakeUpdater
let loadCount: number
let load: () => Promise<Updater>
let states: UpdateState[]

beforeEach(() => {
  updater = new FakeUpdater()
  loadCount = 0
  load = async () => updater as unknown as Updater
  states = []
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
})

function makeUpdates(options: { isPackaged?: boolean; releaseFeed?: string | undefined } = {}): Updates {
  const updates = new Updates({
    isPackaged: true,
    releaseFeed: feed,
    loadUpdater: () => {
      loadCount++
      return load()
    },
    ...options,
  })
  updates.onChange = (state) => states.push(state)
  return updates
}

/** Returns updates that were switched off while the updater was being loaded. */
async function switchedOffWhileLoading() {
  const loaded = Promise.withResolvers<Updater>()
  load = () => loaded.promise
  const updates = makeUpdates()
  updates.setEnabled(true)
  await vi.advanceTimersByTimeAsync(5_000)
  updates.setEnabled(false)
  return { updates, loaded }
}

/** Returns updates that are switched on and have checked once. */
async function checkedUpdates(): Promise<Updates> {
  const updates = makeUpdates()
  updates.setEnabled(true)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(updater.checkCount).toBe(1)
  return updates
}

describe('without a release feed', () => {
  test.each([
    [true, { kind: 'system' }],
    [false, { kind: 'source' }],
  ])('(packaged: %j) there are no updates, whatever the settings', async (isPackaged, state) => {
    const updates = makeUpdates({ isPackaged, releaseFeed: undefined })
    updates.setEnabled(true)
    await vi.advanceTimersByTimeAsync(2 * day)
    expect([updates.state, loadCount, states]).toEqual([state, 0, []])
  })
})

describe('the check for a newer version', () => {
  test('waits until an installed Skein has drawn its window, and is repeated every day', async () => {
    const updates = makeUpdates()
    updates.setEnabled(true)
    await vi.advanceTimersByTimeAsync(4_999)
    expect(loadCount).toBe(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(updater.checkCount).toBe(1)
    await vi.advanceTimersByTimeAsync(day)
    expect([updater.checkCount, loadCount]).toEqual([2, 1])
  })

  test('uses the feed, and logs nothing by itself', async () => {
    await checkedUpdates()
    expect(updater).toMatchObject({ logger: null, updateConfigPath: feed, forceDevUpdateConfig: false })
  })

  test('is not made while it is switched off', async () => {
    const updates = makeUpdates()
    await vi.advanceTimersByTimeAsync(2 * day)
    expect([updates.state, loadCount]).toEqual([{ kind: 'off' }, 0])
  })

  test('is not made any more once it is switched off', async () => {
    const updates = await checkedUpdates()
    updates.setEnabled(false)
    await vi.advanceTimersByTimeAsync(2 * day)
    expect([updates.state, updater.checkCount]).toEqual([{ kind: 'off' }, 1])
  })

  test('is not made if it is switched off while the updater is being loaded', async () => {
    const { loaded } = await switchedOffWhileLoading()
    loaded.resolve(updater as unknown as Updater)
    await vi.advanceTimersByTimeAsync(day)
    expect(updater.checkCount).toBe(0)
  })

  test('prepares the updater once, if it is switched off and on while that is being loaded', async () => {
    const { updates, loaded } = await switchedOffWhileLoading()
    updates.setEnabled(true)
    await vi.advanceTimersByTimeAsync(5_000)
    loaded.resolve(updater as unknown as Updater)
    await vi.advanceTimersByTimeAsync(0)
    states = []
    updater.emit('update-available', { version: '9.9.9' })
    expect(states).toEqual([{ kind: 'loading', version: '9.9.9' }])
  })

  test.each<[string, () => void]>([
    ['the updater cannot be loaded', () => (load = () => Promise.reject(new Error('no network')))],
    ['the releases cannot be reached', () => (updater.check = () => Promise.reject(new Error('no network')))],
  ])('is logged and repeated the next day if %s', async (_case, breakIt) => {
    const log = join(scratchFolder(), 'skein.log')
    openLog(log)
    breakIt()
    const updates = makeUpdates()
    updates.setEnabled(true)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(readFileSync(log, 'utf8')).toContain('updates: Error: no network')
    expect(updates.state).toEqual({ kind: 'current' })
    load = async () => updater as unknown as Updater
    updater.check = async () => null
    const before = updater.checkCount
    await vi.advanceTimersByTimeAsync(day)
    expect(updater.checkCount).toBe(before + 1)
  })
})

describe('a newer version', () => {
  test('is loaded, then ready, and every change is published', async () => {
    const updates = await checkedUpdates()
    states = []
    updater.emit('update-available', { version: '9.9.9' })
    updater.emit('update-downloaded', { version: '9.9.9' })
    expect(states).toEqual([
      { kind: 'loading', version: '9.9.9' },
      { kind: 'ready', version: '9.9.9' },
    ])
    expect(updates.state).toEqual({ kind: 'ready', version: '9.9.9' })
  })

  test('whose download fails is forgotten until the next check', async () => {
    const updates = await checkedUpdates()
    updater.emit('update-available', { version: '9.9.9' })
    updater.emit('error', new Error('cut off'))
    expect(updates.state).toEqual({ kind: 'current' })
    expect(states.at(-1)).toEqual({ kind: 'current' })
  })

  test('that is ready stays so when a later check fails', async () => {
    const updates = await checkedUpdates()
    updater.emit('update-downloaded', { version: '9.9.9' })
    updater.emit('error', new Error('no network'))
    expect(updates.state).toEqual({ kind: 'ready', version: '9.9.9' })
  })

  test('is installed at the exit only while updates are switched on', async () => {
    const updates = await checkedUpdates()
    updater.emit('update-downloaded', { version: '9.9.9' })
    updates.setEnabled(false)
    expect([updater.autoInstallOnAppQuit, updates.state]).toEqual([false, { kind: 'off' }])
    updates.setEnabled(true)
    expect(updater.autoInstallOnAppQuit).toBe(true)
    expect(updates.state).toEqual({ kind: 'ready', version: '9.9.9' })
  })
})

test('the same setting again changes nothing', async () => {
  const updates = await checkedUpdates()
  states = []
  updates.setEnabled(true)
  await vi.advanceTimersByTimeAsync(5_000)
  expect([states, updater.checkCount]).toEqual([[], 1])
})

describe('the release feed', () => {
  test('of a Skein that runs from its source is what the environment names', () => {
    vi.stubEnv('SKEIN_UPDATE_FEED', feed)
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(findReleaseFeed(false)).toBe(feed)
  })

  test('is missing where nothing names one', () => {
    expect(findReleaseFeed(false)).toBeUndefined()
  })

  const appImage = { APPIMAGE: '/home/ada/Skein.AppImage', APPDIR: '/tmp/.mount_Skein' }
  const inAppImage = '/tmp/.mount_Skein/usr/skein'

  test.each([
    ['an AppImage', 'linux', appImage, inAppImage, true],
    ['macOS', 'darwin', {}, '/Applications/Skein.app/Contents/MacOS/Skein', true],
    ['Windows', 'win32', {}, 'C:\\Skein\\Skein.exe', true],
    ['a Debian package', 'linux', {}, '/usr/lib/skein/skein', false],
    ['a Debian package that an AppImage started', 'linux', appImage, '/usr/lib/skein/skein', false],
    ['a folder that begins like that of an AppImage', 'linux', appImage, '/tmp/.mount_Skein2/skein', false],
  ] as const)(
    'of a package in %s is beside it only if it can be replaced',
    (_kind, platform, env, execPath, can) => {
      const resourcesPath = scratchFolder()
      const system = { platform, env, execPath, resourcesPath }
      expect(findReleaseFeed(true, system)).toBeUndefined()
      const file = join(resourcesPath, 'app-update.yml')
      writeFileSync(file, 'provider: generic')
      expect(findReleaseFeed(true, system)).toBe(can ? file : undefined)
    },
  )
})

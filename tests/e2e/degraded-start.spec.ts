/** Starts of the window on systems that lack something. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRoot } from '../../scripts/system.ts'
import { makeTones } from '../fixtures/make-libraries.ts'
import { PlayerWindow } from './support/player-window.ts'
import { test as base, expect, type Skein } from './support/skein-fixture.ts'

interface BadStartFixtures {
  /** Mounts a file system in memory of this many KiB. It is removed when the test ends. */
  smallDisk: (kibibytes: number) => string
  music: string
}

const test = base.extend<BadStartFixtures>({
  smallDisk: async ({ temporaryFolder }, use) => {
    const canMount = isRoot && process.platform === 'linux'
    if (!canMount) console.log('Skipped: only root on Linux can mount a disk of its own for a test.')
    test.skip(!canMount, 'only root on Linux can mount a disk of its own for a test')
    const mounted: string[] = []
    await use((kibibytes) => {
      const folder = temporaryFolder('disk')
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', folder])
      mounted.push(folder)
      return folder
    })
    for (const folder of mounted) execFileSync('umount', ['-l', folder])
  },
  music: async ({ temporaryFolder }, use) => {
    const folder = temporaryFolder('music')
    makeTones(folder, { count: 3, seconds: 30 })
    await use(folder)
  },
})

test.beforeEach(({ host }) => {
  test.skip(host !== 'electron', 'The window of a browser has its own manners.')
})

/** Expects the library, a song that plays, and the next one. */
async function expectToPlay(skein: Skein): Promise<PlayerWindow> {
  const window = new PlayerWindow(skein)
  await window.expectTracks(3)
  await window.row('Tone 0001').dblclick()
  await window.expectNowPlaying('Tone 0001')
  await window.expectMoving()
  await window.control('Next').click()
  await window.expectNowPlaying('Tone 0002')
  await window.expectMoving()
  return window
}

const unsavedMessage = (folder: string, why: string) =>
  `The settings and the library cannot be saved in ${folder}, because ${why}. Changes last until Skein is closed.`

test.describe('a data folder', () => {
  test('that is read-only is reported, and songs play', async ({ openSkein, smallDisk, music }) => {
    const dataFolder = smallDisk(1024)
    // Like after a previous session: Chromium cannot replace its lock file there.
    mkdirSync(join(dataFolder, 'browser'))
    execFileSync('mount', ['-o', 'remount,ro', dataFolder])
    const window = await expectToPlay(await openSkein({ folder: music, dataFolder }))
    await expect(window.failure).toHaveText(
      unsavedMessage(dataFolder, 'Skein has no permission to write there'),
    )
  })

  test('on a full disk is reported, and songs play', async ({ openSkein, smallDisk, music }) => {
    const dataFolder = smallDisk(64)
    expect(() => writeFileSync(join(dataFolder, 'much'), Buffer.alloc(128 * 1024))).toThrow('ENOSPC')
    const window = await expectToPlay(await openSkein({ folder: music, dataFolder }))
    await expect(window.failure).toHaveText(unsavedMessage(dataFolder, 'there is no space left'))
  })

  test('on a disk with room for settings only keeps them', async ({ openSkein, smallDisk, music }) => {
    const dataFolder = smallDisk(512)
    const window = await expectToPlay(await openSkein({ folder: music, dataFolder }))
    await expect(window.failure).toHaveText('')
    await window.control('Shuffle').click()
    const settings = join(dataFolder, 'settings.json')
    await expect.poll(() => JSON.parse(readFileSync(settings, 'utf8')).settings.shuffle).toBe(true)
  })

  test('that is a file is reported, and songs play', async ({ openSkein, temporaryFolder, music }) => {
    const dataFolder = join(temporaryFolder(), 'a file')
    writeFileSync(dataFolder, 'kept')
    const window = await expectToPlay(await openSkein({ folder: music, dataFolder }))
    await expect(window.failure).toHaveText(unsavedMessage(dataFolder, 'a file has this name'))
    expect(readFileSync(dataFolder, 'utf8')).toBe('kept')
  })

  test('of a newer Skein is used as far as possible, reported, and left unchanged', async ({
    openSkein,
    temporaryFolder,
    music,
  }) => {
    const dataFolder = temporaryFolder('data')
    const settings = join(dataFolder, 'settings.json')
    const newer = JSON.stringify({ version: 99, settings: { theme: 'dark', repeat: 'all' }, moods: ['calm'] })
    writeFileSync(settings, newer)
    const skein = await openSkein({ folder: music, dataFolder })
    const window = await expectToPlay(skein)
    await expect(skein.page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await expect(window.failure).toHaveText(
      'These settings are from a newer Skein: changes last until this one is closed.',
    )
    await window.control('Mute').click()
    await skein.close()
    expect(readFileSync(settings, 'utf8')).toBe(newer)
  })
})

test('songs play without D-Bus', async ({ openSkein, music }) => {
  const missingBus = 'unix:path=/nonexistent/bus'
  const environment = { DBUS_SESSION_BUS_ADDRESS: missingBus, DBUS_SYSTEM_BUS_ADDRESS: missingBus }
  const window = await expectToPlay(await openSkein({ folder: music, environment }))
  await expect(window.failure).toHaveText('')
})

test('songs play without a graphics card', async ({ openSkein, music }) => {
  const window = await expectToPlay(await openSkein({ folder: music, switches: ['--disable-gpu'] }))
  await expect(window.failure).toHaveText('')
})

test('a graphics process that fails repeatedly is reported, and the song plays on', async ({
  openSkein,
  music,
}) => {
  const skein = await openSkein({ folder: music })
  const window = await expectToPlay(skein)
  const graphics = () =>
    skein.application?.evaluate(({ app }) => app.getAppMetrics().find(({ type }) => type === 'GPU')?.pid)
  let previous: number | undefined
  for (let end = 1; end <= 3; end++) {
    await expect.poll(async () => ![undefined, previous].includes(await graphics())).toBe(true)
    previous = await graphics()
    if (previous !== undefined) process.kill(previous, 'SIGKILL')
  }
  await expect(window.failure).toHaveText(
    'The graphics driver failed several times. Skein draws without it until it is closed.',
  )
  await window.expectNowPlaying('Tone 0002')
  await window.expectMoving()
  expect(readFileSync(join(skein.dataFolder, 'logs', 'skein.log'), 'utf8')).toContain(
    'process gone: GPU: killed',
  )
})

test('a missing sound device is reported once, and songs play to their end', async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 2, seconds: 1.5 })
  const skein = await openSkein({ folder })
  const hasDevice = await skein.page.evaluate(async () =>
    (await navigator.mediaDevices.enumerateDevices()).some(({ kind }) => kind === 'audiooutput'),
  )
  if (hasDevice) console.log('Skipped: this machine has a device for sound.')
  test.skip(hasDevice, 'this machine has a device for sound')
  const window = new PlayerWindow(skein)
  await window.expectTracks(2)
  const titles = await window.recordTitles()
  await window.row('Tone 0001').dblclick()
  await expect(skein.page.getByRole('status', { name: 'Sound output' })).toHaveText(
    'No sound output was found: songs run in silence until one is connected.',
  )
  await expect.poll(titles).toEqual(['Tone 0001', 'Tone 0002'])
  await expect(window.control('Play')).toBeVisible()
})

test('a sound device causes no notice', async ({ openSkein, music }) => {
  const skein = await openSkein({ folder: music, switches: ['--use-fake-device-for-media-stream'] })
  await expectToPlay(skein)
  await expect(skein.page.getByRole('status', { name: 'Sound output' })).toHaveText('')
})

test('an uncaught error is reported and logged, and the song plays on', async ({ openSkein, music }) => {
  const skein = await openSkein({ folder: music })
  const window = await expectToPlay(skein)
  await skein.application?.evaluate(() => {
    setTimeout(() => {
      throw new Error('nobody caught this')
    })
  })
  await expect(window.failure).toHaveText(
    'Something went wrong. If Skein misbehaves, restart it; see Help > Show the log.',
  )
  await window.expectMoving()
  const log = join(skein.dataFolder, 'logs', 'skein.log')
  expect(existsSync(log) && readFileSync(log, 'utf8')).toContain('uncaught: Error: nobody caught this')
})

import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findElectron } from '../../scripts/find-electron.ts'
import { m } from '../../shared/i18n/messages.js'
import { makeTones } from '../fixtures/make-libraries.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, type Skein, startSecondInstance, test } from './support/skein-fixture.ts'

test.skip(({ host }) => host !== 'electron', 'Electron’s own window alone')
test.skip(findElectron() === undefined, 'Electron’s runtime is not installed')

test.describe('a second start', () => {
  test('forwards commands and files to the running instance', async ({ openSkein, temporaryFolder }) => {
    const folder = temporaryFolder('music')
    const outside = temporaryFolder('outside')
    makeTones(folder, { count: 3, seconds: 60 })
    const guest = makeTones(outside, { count: 5, seconds: 60 }).at(-1)
    const skein = await openSkein({ folder })
    const window = new PlayerWindow(skein)
    await window.expectTracks(3)
    const startAgain = (...args: string[]) => startSecondInstance(args, skein.dataFolder)
    const success = { code: 0, stdout: '', stderr: '' }

    expect(await startAgain('--play-pause')).toEqual(success)
    await window.expectNowPlaying('Tone 0001')
    await window.expectMoving()
    expect(await startAgain('--next')).toEqual(success)
    await window.expectNowPlaying('Tone 0002')
    expect(await startAgain('--enqueue', join(outside, guest?.path ?? ''))).toEqual(success)
    await window.show('Up next')
    await expect(window.upNext.getByRole('listitem').first()).toContainText('Tone 0005')
    expect(await startAgain('--next')).toEqual(success)
    await window.expectNowPlaying('Tone 0005')
    expect(await startAgain('--next')).toEqual(success)
    await window.expectNowPlaying('Tone 0003')
    expect(await startAgain('--play-pause')).toEqual(success)
    await expect(window.control('Play')).toBeVisible()
    expect((await startAgain('--nex')).code).toBe(2)
    expect(await startAgain(join(outside, 'gone.mp3'))).toEqual(success)
    await expect(window.failure).toContainText('gone.mp3 cannot be played. The file no longer exists')
  })

  test('forwards hundreds of files, which play in their order', async ({ openSkein, temporaryFolder }) => {
    const outside = temporaryFolder(
      'outside-with-quite-a-long-name-so-that-many-of-them-do-not-fit-into-one-message',
    )
    const files = makeTones(outside, { count: 400, seconds: 5 }).map(({ path }) => join(outside, path))
    const skein = await openSkein()
    const window = new PlayerWindow(skein)
    await expect(window.button('Play the demo album')).toBeVisible()
    expect((await startSecondInstance(files.toReversed(), skein.dataFolder)).code).toBe(0)
    await window.expectNowPlaying('Tone 0400')
    await window.expectTracks(400)
    expect(await window.next()).toBe('Tone 0399')
  })
})

test.describe('without a window', () => {
  const noDisplay = { DISPLAY: '', WAYLAND_DISPLAY: '' }

  test('help, usage errors and commands without a running instance exit at once', async ({
    temporaryFolder,
  }) => {
    const data = join(temporaryFolder('data'), 'not made')
    const start = (...args: string[]) => startSecondInstance(args, data, noDisplay)
    // In an unpackaged application, Electron handles --version itself.
    expect(await start('--help')).toEqual({ code: 0, stdout: `${m.cli_help()}\n`, stderr: '' })
    expect(await start('--next')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Skein is not running: start it first.\n',
    })
    expect(await start('--nex')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'Skein has no option --nex. See skein --help.\n',
    })
    expect(existsSync(data)).toBe(false)
  })
})

test('files on the command line play without a library', async ({ openSkein, temporaryFolder }) => {
  const outside = temporaryFolder('outside')
  const [one, two] = makeTones(outside, { count: 2, seconds: 60 }).map(({ path }) => join(outside, path))
  const window = new PlayerWindow(await openSkein({ args: [two ?? '', one ?? ''] }))
  await window.expectNowPlaying('Tone 0002')
  await window.expectMoving()
  expect(await window.next()).toBe('Tone 0001')
})

test('after SIGTERM, song, position, queue and window are restored', async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  const [queued] = makeTones(folder, { count: 4, seconds: 60 })
  const first = await openSkein({ folder })
  const window = new PlayerWindow(first)
  await window.expectTracks(4)
  await window.row('Tone 0003').dblclick()
  await window.expectNowPlaying('Tone 0003')
  await startSecondInstance(['--enqueue', join(folder, queued?.path ?? '')], first.dataFolder)
  await window.expectPosition(2)
  const bounds = { x: 60, y: 40, width: 900, height: 620 }
  await first.application?.evaluate(({ BrowserWindow }, bounds) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(bounds)
  }, bounds)
  expect(await endWithSignal(first, 'SIGTERM')).toBe(0)

  const second = await openSkein({ dataFolder: first.dataFolder })
  const again = new PlayerWindow(second)
  await again.expectNowPlaying('Tone 0003')
  await again.expectPosition(2, 30)
  const position = await again.position()
  await expect(again.control('Play')).toBeVisible()
  const placed = await second.application?.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  )
  expect(placed).toEqual(bounds)
  await again.page.keyboard.press('Space')
  await expect(again.control('Pause')).toBeVisible()
  await again.expectPosition(position + 0.1)
  expect(await again.next()).toBe('Tone 0001')
  expect(await again.next()).toBe('Tone 0004')
})

test('a missing song does not delay the start, and a hanging page does not delay the exit', async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  const missing = makeTones(folder, { count: 2, seconds: 60 }).at(-1)
  const first = await openSkein({ folder })
  const window = new PlayerWindow(first)
  await window.row('Tone 0002').dblclick()
  await window.expectNowPlaying('Tone 0002')
  await window.expectMoving()
  await window.control('Pause').click()
  await expect(window.control('Play')).toBeVisible()
  await expect
    .poll(() => readFileSync(join(first.dataFolder, 'settings.json'), 'utf8'))
    .toContain(missing?.path.split('/').at(-1))
  void window.page
    .evaluate(() => {
      for (;;);
    })
    .catch(() => undefined)
  expect(await endWithSignal(first, 'SIGTERM')).toBe(0)

  rmSync(join(folder, missing?.path ?? ''))
  const again = new PlayerWindow(await openSkein({ dataFolder: first.dataFolder }))
  await expect(again.row('Tone 0002')).toContainText('The file is missing from its folder.')
  await expect(again.control('Play')).toBeVisible()
  await expect(again.failure).toBeEmpty()
})

async function endWithSignal(skein: Skein, signal: NodeJS.Signals): Promise<number | null> {
  const host = skein.application?.process()
  if (host === undefined) throw new Error('There is no window to end.')
  const exited = once(host, 'exit')
  host.kill(signal)
  const [code] = await exited
  return code
}

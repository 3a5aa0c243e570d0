import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { makeTones } from '../fixtures/make-libraries.ts'
import { answerFolderDialog, PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

const demoTitles = [
  'First Thread',
  'Three Strands',
  'Warp and Weft',
  'Waiting by the Loom',
  'Tangle, Untangle',
  'All Joined',
]

test('the first start offers to choose a folder or to play the demo album', async ({ openSkein }) => {
  const window = new PlayerWindow(await openSkein())
  const { page } = window
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'A folder of music, and three threads that play it.',
  )
  await expect(window.button('Choose a folder…')).toBeEnabled()
  await expect(window.button('Play the demo album')).toBeEnabled()
  await expect(window.control('Play')).toBeDisabled()
  await expect(window.control('Next')).toBeDisabled()
  await expect(window.seek).toBeHidden()
  await expect(window.nowPlaying).toHaveText('')
})

test('the demo album plays from its first track, and the next start restores it with its song', async ({
  openSkein,
}) => {
  const first = await openSkein()
  const window = new PlayerWindow(first)
  await window.button('Play the demo album').click()
  await window.expectNowPlaying('First Thread')
  await window.expectMoving()
  await expect(window.page.getByRole('heading', { level: 1 })).toHaveText('Demo album')
  expect(await window.titles()).toEqual(demoTitles)
  const cover = window.row('First Thread').locator('img')
  await expect.poll(() => cover.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  expect(await window.next()).toBe('Three Strands')
  await window.expectMoving()
  await first.close()

  const again = new PlayerWindow(await openSkein({ dataFolder: first.dataFolder }))
  await expect(again.row('All Joined')).toBeVisible()
  await again.expectNowPlaying('Three Strands')
  await expect(again.control('Play')).toBeVisible()
})

test.describe('choosing a folder', () => {
  test("by mouse in the page's own dialog", async ({ openSkein, temporaryFolder, host }) => {
    test.skip(host !== 'web', 'Electron has the dialog of the system')
    const home = temporaryFolder('home')
    makeTones(join(home, 'Music', 'Tones'), { count: 2 })
    mkdirSync(join(home, 'Nothing'))
    const window = new PlayerWindow(await openSkein({ home }))
    await window.button('Choose a folder…').click()
    const dialog = window.page.getByRole('dialog', { name: 'Choose a folder' })
    await expect(dialog.getByRole('option')).toHaveText(['Music', 'Nothing'])
    await dialog.getByRole('option', { name: 'Nothing' }).dblclick()
    await expect(dialog).toContainText('No folders in this one.')
    await dialog.getByRole('button', { name: 'Parent folder' }).click()
    await dialog.getByRole('option', { name: 'Music' }).dblclick()
    await dialog.getByRole('option', { name: 'Tones' }).dblclick()
    await expect(dialog).toContainText(join(home, 'Music', 'Tones'))
    await dialog.getByRole('button', { name: 'Parent folder' }).click()
    await expect(dialog.getByRole('option')).toHaveText(['Tones'])
    await dialog.getByRole('button', { name: 'Open this folder' }).click()
    await expect(dialog).toBeHidden()
    await window.row('Tone 0002').dblclick()
    await window.expectNowPlaying('Tone 0002')
  })

  test('changes nothing after Cancel or Escape', async ({ openSkein, host }) => {
    test.skip(host !== 'web', 'Electron has the dialog of the system')
    const window = new PlayerWindow(await openSkein())
    const dialog = window.page.getByRole('dialog', { name: 'Choose a folder' })
    await window.button('Choose a folder…').click()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toBeHidden()
    await window.button('Choose a folder…').click()
    // A dialog takes the focus a moment after it is visible.
    await window.page.waitForFunction(
      () => document.querySelector('[role=dialog]')?.contains(document.activeElement) === true,
    )
    await window.page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(window.button('Choose a folder…')).toBeFocused()
  })

  test("in the system's dialog, which can be cancelled", async ({ openSkein, temporaryFolder, host }) => {
    test.skip(host !== 'electron', 'a browser has no such dialog')
    const folder = temporaryFolder('music')
    makeTones(folder, { count: 2 })
    const { application, ...skein } = await openSkein()
    const window = new PlayerWindow(skein)
    await answerFolderDialog(application, undefined)
    await window.button('Choose a folder…').click()
    await expect(window.button('Choose a folder…')).toBeEnabled()

    await answerFolderDialog(application, folder)
    await window.button('Choose a folder…').click()
    await expect(window.page.getByRole('heading', { level: 1 })).toHaveText(basename(folder))
    await window.row('Tone 0002').dblclick()
    await window.expectNowPlaying('Tone 0002')
    await window.expectMoving()
  })
})

test('the next start opens the last folder', async ({ openSkein, temporaryFolder }) => {
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 3 })
  const first = await openSkein({ folder })
  await new PlayerWindow(first).expectTracks(3)
  await first.close()
  const window = new PlayerWindow(await openSkein({ dataFolder: first.dataFolder }))
  await window.expectTracks(3)
  await expect(window.page.getByRole('heading', { level: 1 })).toHaveText(basename(folder))
  await window.playAll()
  await window.expectMoving()
})

test('another folder replaces the first, and the song plays on', async ({
  openSkein,
  temporaryFolder,
  host,
}) => {
  const home = temporaryFolder('home')
  const other = join(home, 'Other')
  makeTones(join(home, 'Music'), { count: 4, seconds: 60 })
  makeTones(other, { count: 2, seconds: 60 })
  const skein = await openSkein({ folder: join(home, 'Music'), home })
  const window = new PlayerWindow(skein)
  await window.row('Tone 0004').dblclick()
  await window.expectNowPlaying('Tone 0004')
  await answerFolderDialog(skein.application, other)
  await window.button('Open folder…').click()
  if (host === 'web') {
    await window.page.getByRole('option', { name: 'Other' }).dblclick()
    await expect(window.page.getByRole('dialog')).toContainText(other)
    await window.button('Open this folder').click()
  }
  await window.expectTracks(2)
  await window.expectNowPlaying('Tone 0004')
  await window.expectMoving()
  await window.row('Tone 0002').dblclick()
  await window.expectNowPlaying('Tone 0002')
})

/** Bytes: React takes about 190,000 of them. What the first picture does not show belongs in lazy-parts.ts. */
const maxFirstScripts = 530_000
/** Each file is a request to the host, one after the other. */
const maxFirstScriptCount = 4

test('the scripts that the first picture waits for stay within their budget', () => {
  const html = readFileSync('out/renderer/index.html', 'utf8')
  const scripts = html.matchAll(/<script[^>]* src="([^"]+)"|<link rel="modulepreload"[^>]* href="([^"]+)"/g)
  const sizes = Array.from(
    scripts,
    ([, script, preloaded]) => statSync(join('out/renderer', script ?? preloaded ?? '')).size,
  )
  expect(sizes.length).toBeGreaterThan(0)
  expect(sizes.length).toBeLessThanOrEqual(maxFirstScriptCount)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(maxFirstScripts)
})

test("the Lab's frame does not load the script that starts the window", () => {
  const html = readFileSync('out/renderer/lab/process.html', 'utf8')
  expect(html).toContain('/lab-process-')
  expect(html).not.toContain('/window-')
})

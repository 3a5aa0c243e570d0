import { basename, join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { makeTones } from '../fixtures/make-libraries.ts'
import { LabPage } from './support/lab-page.ts'
import { answerFolderDialog, PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

test('a song can be played from the first start by keyboard alone', async ({
  openSkein,
  temporaryFolder,
  host,
}) => {
  const home = temporaryFolder('home')
  const folder = join(home, 'Music')
  makeTones(folder, { count: 3, seconds: 30 })
  const skein = await openSkein({ home })
  const window = new PlayerWindow(skein)
  const { keyboard } = skein.page
  await answerFolderDialog(skein.application, folder)
  await expect(window.button('Choose a folder…')).toBeVisible()
  await tabTo(skein.page, 'Choose a folder…')
  await keyboard.press('Enter')
  if (host === 'web') {
    await expect(skein.page.getByRole('listbox', { name: 'Folders' })).toBeFocused()
    // The list is shown before the host has sent its content.
    await expect(skein.page.getByRole('option', { name: 'Music' })).toBeVisible()
    await keyboard.press('ArrowDown')
    await expect(skein.page.getByRole('option', { name: 'Music' })).toBeFocused()
    await keyboard.press('Enter')
    await expect(skein.page.getByRole('dialog')).toContainText(`${folder}`)
    await keyboard.press('Backspace')
    await expect(skein.page.getByRole('option', { name: 'Music' })).toBeVisible()
    await keyboard.press('m')
    await expect(skein.page.getByRole('option', { name: 'Music' })).toBeFocused()
    await keyboard.press('Enter')
    await expect(skein.page.getByRole('dialog')).toContainText(`${folder}`)
    await tabTo(skein.page, 'Open this folder')
    await keyboard.press('Enter')
  }
  await expect(skein.page.getByRole('heading', { level: 1 })).toHaveText(basename(folder))
  await window.expectTracks(3)
  for (let left = 30; left > 0; left--) {
    if (await window.row('Tone 0001').evaluate((row) => row === document.activeElement)) break
    await keyboard.press('Tab')
  }
  await expect(window.row('Tone 0001')).toBeFocused()
  await keyboard.press('ArrowDown')
  await expect(window.row('Tone 0002')).toBeFocused()
  await keyboard.press('Enter')
  await window.expectNowPlaying('Tone 0002')
  await window.expectMoving()
})

test('the shortcuts of the player work beside the Threads panel', async ({ openSkein, temporaryFolder }) => {
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 1, seconds: 60 })
  const window = new PlayerWindow(await openSkein({ folder }))
  await window.expectTracks(1)
  await window.page.getByRole('button', { name: 'Threads', exact: true }).click()
  await expect(window.page.getByRole('region', { name: 'Threads', exact: true })).toBeVisible()
  await window.page.keyboard.press('m')
  await expect(window.control('Mute')).toHaveAttribute('aria-pressed', 'true')
})

test('every shortcut of the player does what Settings shows', async ({ openSkein, temporaryFolder }) => {
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 3, seconds: 60 })
  const window = new PlayerWindow(await openSkein({ folder }))
  await window.expectTracks(3)
  const { keyboard } = window.page
  await keyboard.press('Space')
  await window.expectNowPlaying('Tone 0001')
  await window.expectPosition(0.1)
  await keyboard.press('ArrowRight')
  await window.expectPosition(5)
  await keyboard.press('ArrowRight')
  await window.expectPosition(10)
  await keyboard.press('Space')
  await expect(window.control('Play')).toBeVisible()
  const held = await window.position()
  await keyboard.press('ArrowLeft')
  await expect.poll(() => window.position()).toBeCloseTo(held - 5, 0)
  await keyboard.press('Control+ArrowRight')
  await window.expectNowPlaying('Tone 0002')
  await keyboard.press('Control+ArrowLeft')
  await window.expectNowPlaying('Tone 0001')

  await expect(window.volume).toHaveValue('80')
  await keyboard.press('Control+ArrowUp')
  await expect(window.volume).toHaveValue('85')
  await keyboard.press('Control+ArrowDown')
  await keyboard.press('Control+ArrowDown')
  await expect(window.volume).toHaveValue('75')
  await keyboard.press('m')
  await expect(window.control('Mute')).toHaveAttribute('aria-pressed', 'true')
  await keyboard.press('s')
  await expect(window.control('Shuffle')).toHaveAttribute('aria-pressed', 'true')
  await keyboard.press('r')
  await expect(window.control('Repeat')).toHaveAccessibleDescription('Repeat: all songs')

  await keyboard.press('Control+2')
  await expect(window.upNext).toBeVisible()
  await keyboard.press('Control+3')
  await expect(window.page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await keyboard.press('Control+4')
  await expect(window.page.getByRole('navigation', { name: 'Pages of the Lab' })).toBeVisible()
  await keyboard.press('Control+f')
  await expect(window.search).toBeFocused()
  await keyboard.type('s m r')
  await expect(window.search).toHaveValue('s m r')
  await expect(window.control('Repeat')).toHaveAccessibleDescription('Repeat: all songs')
  await keyboard.press('Escape')
  await expect(window.search).toHaveValue('')
  await keyboard.press('Control+Shift+T')
  await expect(window.page.getByRole('region', { name: 'Threads' })).toBeVisible()
  await keyboard.press('Control+Shift+T')
  await expect(window.page.getByRole('region', { name: 'Threads' })).toBeHidden()
})

test('a key goes to the focused control', async ({ openSkein, temporaryFolder }) => {
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 3, seconds: 60 })
  const window = new PlayerWindow(await openSkein({ folder }))
  await window.row('Tone 0001').dblclick()
  await window.expectPosition(0.1)
  const { keyboard } = window.page

  // Space presses the button, once, and does not pause.
  await window.control('Shuffle').focus()
  await keyboard.press('Space')
  await expect(window.control('Shuffle')).toHaveAttribute('aria-pressed', 'true')
  await keyboard.press('Space')
  await expect(window.control('Shuffle')).toHaveAttribute('aria-pressed', 'false')
  await expect(window.control('Pause')).toBeVisible()

  // Arrows move the slider, not the song.
  await window.volume.focus()
  await keyboard.press('ArrowLeft')
  await expect(window.volume).toHaveValue('75')
  expect(await window.position()).toBeLessThan(5)
  await keyboard.press('Control+ArrowRight')
  await window.expectNowPlaying('Tone 0002')
  await expect(window.volume).toHaveValue('75')

  // Arrows move through the rows, and between the header and the rows.
  await window.row('Tone 0001').click()
  await keyboard.press('ArrowUp')
  await expect(window.tracks.getByRole('columnheader', { name: 'Artist' }).getByRole('button')).toBeFocused()
  await keyboard.press('ArrowLeft')
  await keyboard.press('Enter')
  await expect(window.tracks.getByRole('columnheader', { name: 'Title' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  )
  await keyboard.press('ArrowDown')
  await expect(window.row('Tone 0001')).toBeFocused()
})

test('media keys control the player, and the system shows what plays', async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 3, seconds: 60 })
  const window = new PlayerWindow(await openSkein({ folder }))
  await window.row('Tone 0001').dblclick()
  await window.expectPosition(0.1)
  const { page } = window
  const mediaState = () =>
    page.evaluate(() => [navigator.mediaSession.metadata?.title, navigator.mediaSession.playbackState])
  await expect.poll(mediaState).toEqual(['Tone 0001', 'playing'])
  await page.keyboard.press('MediaTrackNext')
  await window.expectNowPlaying('Tone 0002')
  await page.keyboard.press('MediaPlayPause')
  await expect(window.control('Play')).toBeVisible()
  await expect.poll(mediaState).toEqual(['Tone 0002', 'paused'])
  await page.keyboard.press('MediaTrackPrevious')
  await window.expectNowPlaying('Tone 0001')
})

test('an exercise of the Lab can be done by keyboard alone', async ({ openSkein }) => {
  const { page } = await openSkein()
  const lab = new LabPage(page)
  const { keyboard } = page
  await expect(page.getByRole('button', { name: 'Choose a folder…' })).toBeVisible()
  await keyboard.press('Control+4')
  await expect(lab.pages).toBeVisible()
  await tabTo(page, page.getByRole('link', { name: 'Interference' }))
  await keyboard.press('Enter')
  await lab.expectPage('Interference')
  await tabTo(page, page.getByRole('spinbutton', { name: 'Additions per thread (live)' }))
  await keyboard.press('Control+a')
  await keyboard.type('1')
  await tabTo(page, lab.control('Step'))
  await keyboard.press('Enter')
  await expect(lab.thread('adder-1')).toContainText('is paused before its first operation')
  // Space presses the button and plays nothing.
  await keyboard.press('Space')
  await expect(lab.thread('adder-1')).toContainText('is paused before wait of Barrier start')
  await tabTo(page, lab.slowMotion)
  await keyboard.press('ArrowRight')
  await expect(lab.slowMotion).toHaveAttribute('aria-valuetext', '2 times slower')
  await tabTo(page, lab.stepOf('adder-1'))
  await keyboard.press('Enter')
  await expect(lab.thread('adder-1')).toContainText('waits in wait of Barrier start')
  await tabTo(page, lab.control('Resume all'), 'Shift+Tab')
  await keyboard.press('Enter')
  expect(await lab.result()).toContain('expected 2')
})

/** Presses Tab until this control, or the button with this name, has the focus. */
async function tabTo(page: Page, to: string | Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const control = typeof to === 'string' ? page.getByRole('button', { name: to, exact: true }) : to
  for (let left = 40; left > 0; left--) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  await expect(control).toBeFocused()
}

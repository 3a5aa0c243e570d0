import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { makeTones } from '../fixtures/make-libraries.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, type OpenSkein, type Skein, test } from './support/skein-fixture.ts'

const entries = (page: Page): Locator =>
  page.getByRole('listbox', { name: /^Tracks of / }).getByRole('option')
const tree = (page: Page): Locator => page.getByRole('treegrid', { name: 'Your playlists' })
const notice = (page: Page): Locator =>
  page.getByRole('status').filter({ hasText: /added|removed|deleted|imported/i })

const titles = async (page: Page): Promise<string[]> =>
  (await entries(page).allTextContents()).map((text) => /Tone \d+|Missing: .*$/.exec(text)?.[0] ?? text)

async function expectTitles(page: Page, ...numbers: readonly number[]): Promise<void> {
  const expected = numbers.map((number) => `Tone ${String(number).padStart(4, '0')}`)
  await expect.poll(() => titles(page)).toEqual(expected)
}

interface Opened extends Skein {
  readonly window: PlayerWindow
}

/** Opens tones, and adds all of them to a new playlist from Up next. */
async function openWithPlaylist(openSkein: OpenSkein, folder: string, count = 5): Promise<Opened> {
  makeTones(folder, { count, seconds: 60 })
  const skein = await openSkein({ folder })
  const { page } = skein
  const window = new PlayerWindow(skein)
  await window.expectTracks(count)
  await window.row('Tone 0001').dblclick()
  await window.expectMoving()
  await window.show('Up next')
  await window.button('Add all to a playlist').click()
  await page.getByRole('textbox', { name: 'Name of a new playlist' }).fill('Mine')
  await window.button('Create and add').click()
  await expect(notice(page)).toHaveText(`Added ${count} tracks to “Mine”.Undo`)
  await window.show('Playlists')
  return { ...skein, window }
}

test('a playlist is filled, reordered, undone and kept', { tag: '@host' }, async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  const { page, window, dataFolder, close } = await openWithPlaylist(openSkein, folder)
  await expectTitles(page, 1, 2, 3, 4, 5)

  // By keyboard alone.
  await entries(page).nth(1).click()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Alt+ArrowDown')
  await expectTitles(page, 1, 4, 2, 3, 5)
  await expect(entries(page).nth(2)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Alt+ArrowUp')
  await page.keyboard.press('Alt+ArrowUp')
  await expectTitles(page, 2, 3, 1, 4, 5)
  await page.keyboard.press('Delete')
  await expectTitles(page, 1, 4, 5)
  await expect(notice(page)).toHaveText('Removed 2 tracks from “Mine”.Undo')
  await window.button('Undo').click()
  await expectTitles(page, 2, 3, 1, 4, 5)

  // By dragging.
  await entries(page)
    .nth(4)
    .dragTo(entries(page).nth(0), { targetPosition: { x: 40, y: 4 } })
  await expectTitles(page, 5, 2, 3, 1, 4)

  await close()
  const second = await openSkein({ dataFolder })
  const again = new PlayerWindow(second)
  await again.show('Playlists')
  await expectTitles(second.page, 5, 2, 3, 1, 4)
  await entries(second.page).nth(1).dblclick()
  await again.expectNowPlaying('Tone 0002')
  expect(await again.next()).toBe('Tone 0003')
})

test('a playlist is searched and sorted, and what is shown is played and removed', { tag: '@host' }, async ({
  openSkein,
  temporaryFolder,
}) => {
  // More than Up next plans: the whole list was added.
  const { page, window } = await openWithPlaylist(openSkein, temporaryFolder('music'), 60)
  const search = page.getByRole('searchbox', { name: 'Search in this playlist' })
  const sortBy = async (name: string) => {
    await page.getByRole('button', { name: /^(Sort|Title [↑↓])$/ }).press('Enter')
    const item = page.getByRole('menuitemradio', { name })
    await item.focus()
    await page.keyboard.press('Enter')
    await expect(item).toBeHidden()
  }
  await search.fill('"tone 001"')
  await expectTitles(page, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19)
  await sortBy('Title')
  await sortBy('Title')
  await expectTitles(page, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10)
  await entries(page).nth(1).dblclick()
  await window.expectNowPlaying('Tone 0018')
  expect(await window.next()).toBe('Tone 0017')

  await entries(page).nth(0).click()
  await page.keyboard.press('Shift+ArrowDown')
  // In another order than its own, nothing can be moved.
  await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.press('Delete')
  await expect(notice(page)).toHaveText('Removed 2 tracks from “Mine”.Undo')
  await expectTitles(page, 17, 16, 15, 14, 13, 12, 11, 10)
  await sortBy('Order of the playlist')
  await search.press('Escape')
  await expect(search).toHaveValue('')
  await expect(page.getByText('58 tracks', { exact: false }).first()).toBeVisible()
  await search.fill('"tone 002"')
  await expectTitles(page, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29)
  await search.fill('nothing like this')
  await expect(page.getByText('Nothing in this playlist matches.')).toBeVisible()
})

test('playlists are nested, renamed and deleted, and deleting is undone', { tag: '@host' }, async ({
  openSkein,
  temporaryFolder,
}) => {
  const { page, window } = await openWithPlaylist(openSkein, temporaryFolder('music'), 2)
  await window.button('New folder').click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Folder')
  await window.button('Create').click()
  await expect(tree(page).getByRole('row')).toHaveText(['Mine', 'Folder'])
  await tree(page).getByRole('row', { name: 'Folder' }).click()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(tree(page).getByRole('row')).toHaveText(['Folder', 'Mine'])

  await tree(page).getByRole('row', { name: 'Mine' }).click()
  await window.button('Rename or move').click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Yours')
  await page.getByRole('combobox', { name: 'Folder' }).selectOption('Folder')
  await window.button('Save').click()
  await expect(tree(page).getByRole('row')).toHaveText(['Folder'])
  await tree(page).getByRole('row', { name: 'Folder' }).click()
  await page.keyboard.press('ArrowRight')
  await expect(tree(page).getByRole('row')).toHaveText(['Folder', 'Yours'])
  await expect(tree(page).getByRole('row', { name: 'Yours' })).toHaveAttribute('aria-level', '2')

  await window.button('Delete').click()
  await expect(page.getByRole('heading', { name: 'No playlists yet' })).toBeVisible()
  await expect(notice(page)).toHaveText('Deleted “Folder”.Undo')
  await window.button('Undo').click()
  await expect(tree(page).getByRole('row').first()).toHaveText('Folder')
})

test('a smart playlist follows its rules while they are edited', { tag: '@host' }, async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 12, seconds: 1 })
  const skein = await openSkein({ folder })
  const { page } = skein
  const window = new PlayerWindow(skein)
  await window.expectTracks(12)
  await window.show('Playlists')
  await window.button('New smart playlist').click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Smart')
  await window.button('Create').click()
  await expect(page.getByText('No track matches the rules.')).toBeVisible()
  await page.getByRole('combobox', { name: 'Field of rule 1' }).selectOption('Title')
  await page.getByRole('textbox', { name: 'Value of rule 1' }).fill('tone 001')
  await expectTitles(page, 10, 11, 12)
  await page.getByRole('combobox', { name: 'Sorted by' }).selectOption('Title')
  await page.getByRole('checkbox', { name: 'Descending' }).check()
  await page.getByRole('checkbox', { name: 'Limit' }).check()
  await page.getByRole('spinbutton', { name: 'Limit' }).fill('2')
  await expectTitles(page, 12, 11)
  await window.button('Add a rule').click()
  await page.getByRole('combobox', { name: 'Field of rule 2' }).selectOption('Title')
  await page.getByRole('textbox', { name: 'Value of rule 2' }).fill('0005')
  await expect(page.getByText('No track matches the rules.')).toBeVisible()
  await page.getByRole('combobox', { name: 'Tracks match' }).selectOption('any of the rules')
  await page.getByRole('spinbutton', { name: 'Limit' }).fill('9')
  await expectTitles(page, 12, 11, 10, 5)
  // A file that a rescan finds.
  makeTones(folder, { count: 13, seconds: 1 })
  await window.show('Library')
  await window.button('Rescan').click()
  await window.expectTracks(13)
  await window.show('Playlists')
  await expectTitles(page, 13, 12, 11, 10, 5)
})

test('playlists are exported and imported, and missing entries are shown', { tag: '@host' }, async ({
  openSkein,
  temporaryFolder,
}) => {
  const { page, window, application, kind } = await openWithPlaylist(openSkein, temporaryFolder('music'), 3)
  const target = join(temporaryFolder('export'), 'exported.m3u8')
  await application?.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] })
  }, target)
  await window.button('Export').click()
  const download = kind === 'web' ? page.waitForEvent('download') : undefined
  await page.getByRole('menuitem', { name: 'Export as M3U8' }).click()
  const downloaded = await download
  expect(downloaded?.suggestedFilename()).toBe(kind === 'web' ? 'Mine.m3u8' : undefined)
  await downloaded?.saveAs(target)
  await expect.poll(() => readIfThere(target)).toContain('#PLAYLIST:Mine')

  writeFileSync(target, `${readFileSync(target, 'utf8').replace('Mine', 'Copy')}/no/such/song.mp3\n`)
  const chooser = kind === 'web' ? page.waitForEvent('filechooser') : undefined
  await window.button('Import playlists').click()
  await (await chooser)?.setFiles(target)
  await expect(notice(page)).toHaveText(
    'Imported 4 entries. One file was not found: its entry is kept as missing.',
  )
  await expect(page.getByRole('heading', { name: 'Copy' })).toBeVisible()
  await expect
    .poll(() => titles(page))
    .toEqual(['Tone 0001', 'Tone 0002', 'Tone 0003', 'Missing: /no/such/song.mp3'])
})

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

for (const colorScheme of ['dark', 'light'] as const)
  test(`the view has no accessibility violation in ${colorScheme}`, async ({
    openSkein,
    temporaryFolder,
    host,
  }) => {
    test.skip(host !== 'web', 'The page is the same in both hosts.')
    const { page, window } = await openWithPlaylist(openSkein, temporaryFolder('music'), 3)
    await page.emulateMedia({ colorScheme })
    await window.button('New smart playlist').click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Smart')
    await expectAccessible(page)
    await window.button('Create').click()
    await expect(page.getByRole('combobox', { name: 'Field of rule 1' })).toBeVisible()
    await expectAccessible(page)
    await tree(page).getByRole('row', { name: 'Mine' }).click()
    await expectTitles(page, 1, 2, 3)
    await expectAccessible(page)
    await page.setViewportSize({ width: 720, height: 480 })
    await expectAccessible(page)
  })

async function expectAccessible(page: Page): Promise<void> {
  // Colours are compared when they no longer change.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)))
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}

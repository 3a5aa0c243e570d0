import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeId3Tag } from '../fixtures/id3-tag.ts'
import { createWaveFile } from '../fixtures/wave-file.ts'
import { expectAccessible } from './support/accessibility.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

const albums = [
  { artist: 'Anna', album: 'Ash', year: 1990, genre: 'Folk' },
  { artist: 'Bell', album: 'Birch', year: 1994, genre: 'Rock' },
  { artist: 'Anna', album: 'Cedar', year: 1998, genre: 'Folk' },
  { artist: 'The Cole', album: 'Elm', year: 2002, genre: 'Jazz' },
]

/** Writes four albums of three songs, in a folder for each artist. */
function writeAlbums(folder: string): void {
  for (const { artist, album, ...tags } of albums) {
    const path = join(folder, artist, album)
    mkdirSync(path, { recursive: true })
    for (const number of [1, 2, 3]) {
      const id3 = encodeId3Tag({ ...tags, artist, album, number, title: `${album} ${number}` })
      writeFileSync(join(path, `${number}.wav`), createWaveFile({ seconds: 20, hertz: 440, id3 }))
    }
  }
}

/** The library's window with its tabs and lists. */
class Browser extends PlayerWindow {
  tab(name: string) {
    return this.page.getByRole('tab', { name, exact: true })
  }

  grid(name: string) {
    return this.page.getByRole('grid', { name, exact: true })
  }

  card(text: string | RegExp) {
    return this.page.getByRole('tabpanel').getByRole('gridcell').filter({ hasText: text })
  }

  get pageTitle() {
    return this.page.getByRole('heading', { level: 2 })
  }

  menuItem(name: string) {
    return this.page.getByRole('menuitem', { name, exact: true })
  }

  selectedTitles(): Promise<string[]> {
    return this.tracks
      .getByRole('row', { selected: true })
      .locator('[role=gridcell][aria-colindex="2"] [title]')
      .allTextContents()
  }
}

test('each tab shows its list, and an item of it opens a page', async ({ openSkein, temporaryFolder }) => {
  const folder = temporaryFolder('music')
  writeAlbums(folder)
  const window = new Browser(await openSkein({ folder }))
  await window.expectTracks(12)
  await expect(window.tab('Tracks')).toHaveAttribute('aria-selected', 'true')

  await window.tab('Albums').click()
  await expect(window.grid('Albums').getByRole('gridcell')).toHaveCount(4)
  await window.card('Cedar').click()
  await expect(window.pageTitle).toHaveText('Cedar')
  await expect.poll(() => window.titles()).toEqual(['Cedar 1', 'Cedar 2', 'Cedar 3'])
  await window.button('Play').first().click()
  await window.expectNowPlaying('Cedar 1')

  // The credit leads to the artist, whose tracks are divided by album.
  await window.page.getByRole('tabpanel').getByRole('button', { name: 'Anna' }).click()
  await expect(window.pageTitle).toHaveText('Anna')
  await expect(window.page.getByText('2 albums · 6 tracks')).toBeVisible()
  await expect.poll(() => window.titles()).toHaveLength(6)
  await window.tracks
    .getByRole('row')
    .filter({ hasText: /Ash1990$/ })
    .dblclick()
  await expect(window.pageTitle).toHaveText('Ash')

  await window.tab('Artists').click()
  await expect(window.grid('Artists').getByRole('gridcell')).toHaveCount(3)
  await window.tab('Genres').click()
  await window.card('Jazz').click()
  await expect(window.pageTitle).toHaveText('Jazz')
  await window.tab('Years').click()
  await expect(window.grid('Years').getByRole('gridcell').first()).toContainText('2002')
  await window.tab('Folders').click()
  await window.tracks.getByRole('row').filter({ hasText: 'The Cole' }).dblclick()
  await window.tracks.getByRole('row').filter({ hasText: 'Elm' }).dblclick()
  await expect(window.pageTitle).toContainText('Elm')
  await expect.poll(() => window.titles()).toEqual(['Elm 1', 'Elm 2', 'Elm 3'])
  await window.button('Play this folder').click()
  await window.expectNowPlaying('Elm 1')
  await window.page.getByRole('tabpanel').getByRole('button', { name: 'The Cole', exact: true }).click()
  await expect(window.pageTitle).toContainText('The Cole')

  await window.tab('Recently added').click()
  await expect.poll(() => window.titles()).toHaveLength(12)
  await window.tab('Most played').click()
  await expect(window.page.getByRole('heading', { name: 'Nothing played yet.' })).toBeVisible()
})

test('albums can be browsed by keyboard alone, and going back returns to the album', async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  writeAlbums(folder)
  const window = new Browser(await openSkein({ folder }))
  await window.expectTracks(12)
  const { keyboard } = window.page
  await window.tab('Tracks').focus()
  await keyboard.press('Home')
  await expect(window.tab('Albums')).toBeFocused()
  await expect(window.grid('Albums')).toBeVisible()
  await keyboard.press('Tab')
  await expect(window.card('Ash')).toBeFocused()
  await keyboard.press('ArrowRight')
  await expect(window.card('Cedar')).toBeFocused()
  await keyboard.press('End')
  await expect(window.card('Elm')).toBeFocused()
  await keyboard.press('b')
  await expect(window.card('Birch')).toBeFocused()
  await keyboard.press('Enter')
  await expect(window.pageTitle).toHaveText('Birch')
  await expect(window.pageTitle).toBeFocused()
  await keyboard.press('Alt+ArrowLeft')
  await expect(window.card('Birch')).toBeFocused()
  await keyboard.press('Alt+ArrowRight')
  await expect(window.pageTitle).toHaveText('Birch')
})

test('several tracks are selected by mouse and by keyboard, and the menu applies to them', async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  writeAlbums(folder)
  const window = new Browser(await openSkein({ folder }))
  await window.expectTracks(12)
  const { keyboard } = window.page
  await window.row('Ash 1').click()
  await window.row('Ash 3').click({ modifiers: ['Shift'] })
  await expect.poll(() => window.selectedTitles()).toEqual(['Ash 1', 'Ash 2', 'Ash 3'])
  await window.row('Ash 2').click({ modifiers: ['Control'] })
  await expect.poll(() => window.selectedTitles()).toEqual(['Ash 1', 'Ash 3'])

  await window.row('Ash 3').click({ button: 'right' })
  await window.menuItem('Add to Up next').click()
  await window.show('Up next')
  await expect(window.upNext.getByRole('listitem')).toContainText(['Ash 1', 'Ash 3'])
  await window.show('Library')

  await window.row('Cedar 1').click()
  await keyboard.press('Shift+ArrowDown')
  await expect.poll(() => window.selectedTitles()).toEqual(['Cedar 1', 'Cedar 2'])
  await keyboard.press('Control+a')
  await expect.poll(() => window.selectedTitles()).toHaveLength(12)
  await keyboard.press('Escape')
  await expect.poll(() => window.selectedTitles()).toEqual(['Cedar 2'])

  // The menu opens by key as well, and the focus returns from it.
  await keyboard.press('Shift+F10')
  await expect(window.menuItem('Play')).toBeFocused()
  await keyboard.press('Escape')
  await expect(window.page.getByRole('menu')).toBeHidden()
  await expect(window.row('Cedar 2')).toBeFocused()
  await keyboard.press('Shift+F10')
  await expect(window.menuItem('Play')).toBeFocused()
  await keyboard.press('Enter')
  await window.expectNowPlaying('Cedar 2')
})

test('the menu of a track and of the song that plays shows its properties', { tag: '@host' }, async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  writeAlbums(folder)
  const window = new Browser(await openSkein({ folder }))
  await window.expectTracks(12)
  const { keyboard } = window.page
  const dialog = window.page.getByRole('dialog', { name: 'Properties' })
  await window.row('Elm 2').click({ button: 'right' })
  await window.menuItem('Properties').click()
  for (const text of ['Elm 2', 'The Cole', 'Jazz', '2002', join('The Cole', 'Elm', '2.wav')])
    await expect(dialog).toContainText(text)
  await keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await window.row('Ash 1').dblclick()
  await window.expectNowPlaying('Ash 1')
  await window.player.getByRole('button', { name: 'Show the song and what is up next' }).focus()
  await keyboard.press('Shift+F10')
  await expect(window.menuItem('Play')).toBeFocused()
  await keyboard.press('End')
  await expect(window.menuItem('Properties')).toBeFocused()
  await keyboard.press('Enter')
  await expect(dialog).toContainText('Ash 1')
  await keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await window.nowPlaying.click({ button: 'right' })
  await window.menuItem('Go to artist').click()
  await expect(window.pageTitle).toHaveText('Anna')
})

test('the list is sorted by several columns, and shows the chosen ones', async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  writeAlbums(folder)
  const skein = await openSkein({ folder })
  const window = new Browser(skein)
  await window.expectTracks(12)
  const header = (name: string) => window.tracks.getByRole('columnheader', { name, exact: true })
  await window.tracks.getByRole('button', { name: 'Genre' }).click()
  await window.tracks.getByRole('button', { name: '#' }).click({ modifiers: ['Shift'] })
  await expect
    .poll(async () => (await window.titles()).slice(0, 6))
    .toEqual(['Ash 1', 'Cedar 1', 'Ash 2', 'Cedar 2', 'Ash 3', 'Cedar 3'])

  await window.button('Choose columns').click()
  const dialog = window.page.getByRole('dialog', { name: 'Columns' })
  await dialog.getByRole('checkbox', { name: 'Year' }).uncheck()
  await dialog.getByRole('checkbox', { name: 'Format' }).check()
  await dialog.getByRole('button', { name: 'Move Album up' }).click()
  await expect(dialog.getByRole('checkbox', { name: 'Title' })).toBeDisabled()
  await window.page.keyboard.press('Escape')
  await expect(header('Year')).toHaveCount(0)
  await expect(header('Format')).toHaveAttribute('aria-colindex', '7')
  await expect(header('Album')).toHaveAttribute('aria-colindex', '3')

  // The next start shows the same tab and columns.
  await window.tab('Recently added').click()
  await expect(header('Format')).toBeVisible()
  await expect
    .poll(() => readFileSync(join(skein.dataFolder, 'settings.json'), 'utf8'))
    .toContain('"libraryTab": "recentlyAdded"')
  await skein.close()
  const next = new Browser(await openSkein({ folder, dataFolder: skein.dataFolder }))
  await expect(next.tab('Recently added')).toHaveAttribute('aria-selected', 'true')
  await expect(next.tracks.getByRole('columnheader')).toContainText([
    '#',
    'Title',
    'Album',
    'Artist',
    'Genre',
    'Time',
    'Format',
  ])
})

test('a search shows artists and albums above the tracks, and clearing it returns to where it began', async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  writeAlbums(folder)
  const window = new Browser(await openSkein({ folder }))
  await window.expectTracks(12)
  await window.tab('Albums').click()
  await expect(window.grid('Albums')).toBeVisible()
  await window.search.fill('anna')
  const results = window.page.getByRole('tabpanel')
  await expect(results.getByRole('heading', { name: 'Artists' })).toBeVisible()
  await expect(results.getByRole('region', { name: 'Artists' }).getByRole('listitem')).toHaveCount(1)
  await expect.poll(() => window.titles()).toHaveLength(6)
  await window.search.fill('cedar')
  await results.getByRole('region', { name: 'Albums' }).getByRole('button', { name: /Cedar/ }).click()
  await expect(window.pageTitle).toHaveText('Cedar')
  await expect(window.search).toHaveValue('')
  await window.page.keyboard.press('Alt+ArrowLeft')
  await expect(window.search).toHaveValue('cedar')
  await expect.poll(() => window.titles()).toHaveLength(3)
  await window.page.keyboard.press('Alt+ArrowLeft')
  await expect(window.grid('Albums')).toBeVisible()
  await window.search.fill('bell')
  await expect.poll(() => window.titles()).toHaveLength(3)
  await window.search.press('Escape')
  await expect(window.grid('Albums')).toBeVisible()
})

test('a list of 3,000 tracks returns to its position', async ({ openSkein, temporaryFolder }) => {
  const folder = temporaryFolder('music')
  for (let album = 0; album < 100; album++) {
    mkdirSync(join(folder, `${album}`))
    for (let number = 1; number <= 30; number++) {
      const title = `Song ${String(album * 30 + number).padStart(4, '0')}`
      const id3 = encodeId3Tag({ title, artist: 'Anna', album: `Album ${album}`, number })
      writeFileSync(
        join(folder, `${album}`, `${number}.wav`),
        createWaveFile({ seconds: 0.1, hertz: 440, id3 }),
      )
    }
  }
  const window = new Browser(await openSkein({ folder }))
  await window.expectTracks(3000)
  await window.row('Song 0001').click()
  await window.page.keyboard.press('End')
  await expect(window.row('Song 3000')).toBeInViewport()
  await window.tab('Albums').click()
  await expect(window.grid('Albums').getByRole('gridcell').first()).toBeVisible()
  expect(await window.grid('Albums').getByRole('gridcell').count()).toBeLessThan(80)
  await window.page.keyboard.press('Alt+ArrowLeft')
  await expect(window.row('Song 3000')).toBeInViewport()
})

for (const colorScheme of ['dark', 'light'] as const)
  for (const [width, height] of [
    [1280, 800],
    [720, 480],
  ] as const)
    test(`the lists and pages have no accessibility violation in ${colorScheme} at ${width} × ${height}`, async ({
      openSkein,
      temporaryFolder,
    }) => {
      const folder = temporaryFolder('music')
      writeAlbums(folder)
      const { page } = await openSkein({ folder })
      const window = new Browser({ page })
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await window.expectTracks(12)
      for (const name of ['Albums', 'Artists', 'Genres', 'Years']) {
        await window.tab(name).click()
        await expect(window.grid(name).getByRole('gridcell').first()).toBeVisible()
        await expectAccessible(page)
      }
      await window.card('2002').click()
      await expect(window.pageTitle).toHaveText('2002')
      await expectAccessible(page)
      await window.tab('Folders').click()
      await window.tracks.getByRole('row').filter({ hasText: 'Anna' }).dblclick()
      await expect(window.pageTitle).toContainText('Anna')
      await expectAccessible(page)
      await window.search.fill('anna')
      await expect(page.getByRole('region', { name: 'Artists' })).toBeVisible()
      await expectAccessible(page)
      await window.row('Ash 1').click({ button: 'right' })
      await expect(page.getByRole('menu')).toBeVisible()
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      await window.button('Choose columns').click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectAccessible(page)
    })

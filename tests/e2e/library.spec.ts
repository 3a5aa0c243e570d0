import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { encodeId3Tag, type Id3Tags } from '../fixtures/id3-tag.ts'
import { makeTones } from '../fixtures/make-libraries.ts'
import { createWaveFile } from '../fixtures/wave-file.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

/** Not sorted by any column. */
const songs: readonly (Id3Tags & { title: string; seconds: number })[] = [
  { title: 'Delta', artist: 'Bell', album: 'Oak', number: 4, year: 2001, genre: 'Blues', seconds: 20 },
  { title: 'alpha', artist: 'Dora', album: 'Pine', number: 10, year: 1984, genre: 'Waltz', seconds: 80 },
  { title: 'Çello', artist: 'anna', album: 'Larch', number: 2, year: 2020, genre: 'Folk', seconds: 60 },
  { title: 'Bravo', artist: 'Cole', album: 'Maple', number: 1, year: 1999, genre: 'Rock', seconds: 40 },
]

const titlesBySortOrder: Readonly<Record<string, readonly string[]>> = {
  '#': ['Bravo', 'Çello', 'Delta', 'alpha'],
  Title: ['alpha', 'Bravo', 'Çello', 'Delta'],
  Artist: ['Çello', 'Delta', 'Bravo', 'alpha'],
  Album: ['Çello', 'Bravo', 'Delta', 'alpha'],
  Year: ['alpha', 'Bravo', 'Delta', 'Çello'],
  Genre: ['Delta', 'Çello', 'Bravo', 'alpha'],
  Time: ['Delta', 'Bravo', 'Çello', 'alpha'],
}

function writeSongs(folder: string): void {
  for (const { seconds, ...tags } of songs) {
    const content = createWaveFile({ seconds, hertz: 440, id3: encodeId3Tag(tags) })
    writeFileSync(join(folder, `${tags.title}.wav`), content)
  }
}

test('every column sorts, and a second click reverses it', async ({ openSkein, temporaryFolder }) => {
  const folder = temporaryFolder('music')
  writeSongs(folder)
  const window = new PlayerWindow(await openSkein({ folder }))
  await window.expectTracks(4)
  for (const [name, order] of Object.entries(titlesBySortOrder).filter(([name]) => name !== 'Artist')) {
    const header = window.tracks.getByRole('columnheader', { name, exact: true })
    await header.getByRole('button').click()
    await expect.poll(() => window.titles(), name).toEqual(order)
    await expect(header).toHaveAttribute('aria-sort', 'ascending')
    await header.getByRole('button').click()
    await expect.poll(() => window.titles(), `${name}, descending`).toEqual(order.toReversed())
    await expect(header).toHaveAttribute('aria-sort', 'descending')
  }
  const artist = window.tracks.getByRole('columnheader', { name: 'Artist', exact: true })
  await artist.getByRole('button').click()
  await expect.poll(() => window.titles()).toEqual(titlesBySortOrder.Artist)

  // Songs play in the order of the list.
  await window.row('Delta').dblclick()
  await window.expectNowPlaying('Delta')
  expect(await window.next()).toBe('Bravo')
})

test('the search filters by every field while the user types, and Escape or its button clears it', async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  writeSongs(folder)
  const window = new PlayerWindow(await openSkein({ folder }))
  await window.expectTracks(4)
  await window.search.pressSequentially('a')
  await expect.poll(() => window.titles()).toHaveLength(4)
  await window.search.pressSequentially('nn')
  await expect.poll(() => window.titles()).toEqual(['Çello'])
  await expect(window.page.getByText('1 of 4 tracks')).toBeVisible()
  await window.search.press('Escape')
  await expect(window.search).toHaveValue('')
  await expect.poll(() => window.titles()).toHaveLength(4)
  for (const [text, title] of [
    ['cello', 'Çello'],
    ['MAPLE', 'Bravo'],
    ['waltz', 'alpha'],
    ['oak bell', 'Delta'],
  ] as const) {
    await window.search.fill(text)
    await expect.poll(() => window.titles(), text).toEqual([title])
  }
  await window.button('Clear the search').click()
  await expect(window.search).toBeFocused()
  await expect.poll(() => window.titles()).toHaveLength(4)

  await window.search.fill('nobody has this')
  await expect(window.page.getByRole('heading', { name: 'Nothing matches.' })).toBeVisible()
  await window.button('Clear search').click()
  await expect.poll(() => window.titles()).toHaveLength(4)
})

test('after a search, the filtered list is played', async ({ openSkein, temporaryFolder }) => {
  const folder = temporaryFolder('music')
  writeSongs(folder)
  const window = new PlayerWindow(await openSkein({ folder }))
  await window.expectTracks(4)
  await window.search.fill('ra')
  await expect.poll(() => window.titles()).toEqual(['Bravo', 'alpha'])
  await window.playAll()
  await window.expectNowPlaying('Bravo')
  await window.search.press('Escape')
  await window.expectTracks(4)
  await window.show('Up next')
  await expect(window.upNext.getByRole('listitem')).toHaveCount(1)
  expect(await window.next()).toBe('alpha')
  await window.control('Next').click()
  await expect(window.control('Play')).toBeVisible()
})

test('a library of 3,000 tracks renders few rows, End moves to the last, and the search finds one', async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 3000, seconds: 0.1 })
  const window = new PlayerWindow(await openSkein({ folder }))
  await window.expectTracks(3000)
  await expect(window.tracks).toHaveAttribute('aria-rowcount', '3001')
  expect(await window.tracks.getByRole('row').count()).toBeLessThan(60)
  await window.row('Tone 0001').click()
  await window.page.keyboard.press('End')
  await expect(window.row('Tone 3000')).toBeFocused()
  await expect(window.row('Tone 3000')).toBeInViewport()
  await expect(window.row('Tone 3000')).toHaveAttribute('aria-rowindex', '3001')
  expect(await window.tracks.getByRole('row').count()).toBeLessThan(60)
  await window.page.keyboard.press('PageUp')
  await window.page.keyboard.press('ArrowUp')
  await expect(window.row('Tone 3000')).not.toBeFocused()
  await window.page.keyboard.press('Home')
  await expect(window.row('Tone 0001')).toBeFocused()

  await window.search.fill('tone 1234')
  await expect.poll(() => window.titles()).toEqual(['Tone 1234'])
  await window.search.press('ArrowDown')
  await window.page.keyboard.press('Enter')
  await window.expectNowPlaying('Tone 1234')
})

/** Scans again, and stops as soon as the first track is found. In the page itself: a test would come too late. */
async function rescanAndStop(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const press = (label: string) =>
      [...document.querySelectorAll('button')].find(({ textContent }) => textContent === label)?.click()
    const hasRows = () =>
      Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') ?? 0) > 1
    const hasProgress = () => document.querySelector('progress') !== null
    press('Rescan')
    while (!hasRows() || !hasProgress()) await new Promise(requestAnimationFrame)
    press('Stop')
  })
}

test('a long scan shows its progress, can be stopped, and can be repeated to its end', {
  tag: '@host',
}, async ({ openSkein, temporaryFolder }) => {
  const folder = temporaryFolder('music')
  const count = 20_000
  for (let album = 0; album < count / 1000; album++) mkdirSync(join(folder, `Album ${album}`))
  /** The first song is the only one with an artist, and long enough to be seen. */
  const writeSongs = (title: string) => {
    const song = createWaveFile({ seconds: 20, hertz: 440, id3: encodeId3Tag({ title, artist: 'Artist' }) })
    const short = createWaveFile({ seconds: 0.05, hertz: 440, id3: encodeId3Tag({ title }) })
    for (let index = 0; index < count; index++) {
      // Each has a sound of its own.
      short.writeUInt32LE(index, short.length - 4)
      const file = join(folder, `Album ${Math.floor(index / 1000)}`, `${index}.wav`)
      writeFileSync(file, index === 0 ? song : short)
    }
  }
  writeSongs('Before')
  const window = new PlayerWindow(await openSkein({ folder }))
  const { page } = window
  const progress = page.getByRole('progressbar', { name: 'Reading the folder' })
  await window.expectTracks(count)
  // A second scan reads only files that have changed.
  writeSongs('After')
  await window.search.fill('after')
  await rescanAndStop(page)
  await expect(page.getByText('Stopped before the end')).toBeVisible()
  await expect(progress).toBeHidden()
  // What was read before is still stored.
  const readStableCount = async () => {
    const first = await readRowCount(window)
    await window.awaitFrames(60)
    return (await readRowCount(window)) === first ? first : undefined
  }
  await expect.poll(readStableCount).toBeGreaterThan(0)
  expect(await readRowCount(window)).toBeLessThan(count)

  await window.button('Rescan').click()
  await expect(page.getByText('Stopped before the end')).toBeHidden()
  // Songs play during the scan.
  await window.button('Play all').click()
  await window.expectNowPlaying('After')
  await expect.poll(() => readRowCount(window), { timeout: 30_000 }).toBe(count)
  await window.search.press('Escape')
  await window.expectTracks(count)
})

test('the theme is applied and saved', { tag: '@host' }, async ({ openSkein, temporaryFolder }) => {
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 1 })
  const first = await openSkein({ folder })
  const window = new PlayerWindow(first)
  await window.show('Settings')
  const theme = (name: string) => window.page.getByRole('radio', { name })
  await theme('Dark').check({ force: true })
  await expect.poll(() => readBrightness(window)).toBeLessThan(60)
  await theme('Light').check({ force: true })
  await expect.poll(() => readBrightness(window)).toBeGreaterThan(200)
  await window.page.reload()
  await expect.poll(() => readBrightness(window)).toBeGreaterThan(200)
  await first.close()

  const again = new PlayerWindow(await openSkein({ dataFolder: first.dataFolder }))
  await again.show('Settings')
  await expect(again.page.getByRole('radio', { name: 'Light' })).toBeChecked()
  await expect.poll(() => readBrightness(again)).toBeGreaterThan(200)
})

test('everything is reachable in a window of 720×480', async ({ openSkein, temporaryFolder }) => {
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 30, seconds: 30 })
  const skein = await openSkein({ folder })
  const window = new PlayerWindow(skein)
  await window.expectTracks(30)
  if (skein.application) {
    await skein.application.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setContentSize(720, 480),
    )
  } else await skein.page.setViewportSize({ width: 720, height: 480 })
  await expect.poll(() => skein.page.evaluate(() => [innerWidth, innerHeight])).toEqual([720, 480])
  for (const name of ['Shuffle', 'Previous', 'Play', 'Next', 'Repeat', 'Mute'] as const) {
    await expect(window.control(name)).toBeInViewport({ ratio: 1 })
  }
  for (const control of [window.search, window.volume, window.button('Threads'), window.button('Play all')]) {
    await expect(control).toBeInViewport({ ratio: 1 })
  }
  const scrolls = () =>
    skein.page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement
      // Text for screen readers only takes one pixel.
      return scrollWidth > innerWidth + 1 || scrollHeight > innerHeight + 1
    })
  expect(await scrolls()).toBe(false)
  expect(await countVisibleRows(window)).toBeGreaterThanOrEqual(3)
  await window.row('Tone 0002').dblclick()
  await window.expectNowPlaying('Tone 0002')
  await expect(window.title).toBeInViewport({ ratio: 1 })

  await window.button('Threads').click()
  await expect(skein.page.getByRole('grid', { name: 'Thread states' })).toBeInViewport()
  await expect(window.control('Pause')).toBeInViewport({ ratio: 1 })
  await expect(window.search).toBeInViewport({ ratio: 1 })
  expect(await scrolls()).toBe(false)
  await window.control('Next').click()
  await window.expectNowPlaying('Tone 0003')
})

/** Counts the rows that are completely visible below the grid's header. */
async function countVisibleRows(window: PlayerWindow): Promise<number> {
  return await window.tracks.evaluate((grid) => {
    const body = [...grid.querySelectorAll('[role=rowgroup]')].at(-1)?.getBoundingClientRect()
    if (body === undefined) return 0
    const rows = [...grid.querySelectorAll('[data-index]')].map((row) => row.getBoundingClientRect())
    return rows.filter(({ top, bottom }) => top >= body.top - 1 && bottom <= body.bottom + 1).length
  })
}

async function readRowCount({ tracks }: PlayerWindow): Promise<number> {
  return Number(await tracks.getAttribute('aria-rowcount')) - 1
}

/** Returns the brightness of the page's background, 0 to 255. */
async function readBrightness({ page }: PlayerWindow): Promise<number> {
  return await page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d')
    if (canvas === null) throw new Error('no canvas')
    canvas.fillStyle = getComputedStyle(document.body).backgroundColor
    canvas.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data
    return (red + green + blue) / 3
  })
}

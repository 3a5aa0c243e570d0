import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { makeMixedLibrary } from '../fixtures/make-libraries.ts'
import { openPanel } from './support/open-songs.ts'
import { expect, type OpenSkein, test } from './support/skein-fixture.ts'
import { readPlayingSound } from './support/sound-probe.ts'
import { ThreadsPanel } from './support/threads-panel.ts'
import { playFirst } from './support/tone-library.ts'

/** The panel over four long songs, with its timeline. */
class TimelinePage {
  readonly page: Page
  readonly panel: ThreadsPanel
  readonly timeline: Locator
  readonly frozen: Locator

  constructor(page: Page) {
    this.page = page
    this.panel = new ThreadsPanel(page)
    this.timeline = this.panel.region.getByRole('application', { name: 'Timeline' })
    this.frozen = this.panel.region.getByText(/^Frozen at /)
  }

  /**
   * Turns the wheel over the timeline with Ctrl: up zooms in. `position` is 0 at its left, 1 at its right
   * edge.
   */
  async zoom(notches: number, position: number): Promise<void> {
    await this.pointAt(position, 0.5)
    await this.page.keyboard.down('Control')
    for (let notch = 0; notch < Math.abs(notches); notch++)
      await this.page.mouse.wheel(0, notches > 0 ? -100 : 100)
    await this.page.keyboard.up('Control')
  }

  async pointAt(x: number, y: number): Promise<void> {
    const box = await this.timeline.boundingBox()
    if (!box) throw new Error('the timeline cannot be seen')
    await this.page.mouse.move(box.x + x * box.width, box.y + y * box.height)
  }

  /** Points at the lane of a thread. */
  async pointAtLane(row: Locator, x: number): Promise<void> {
    const [box, lane] = [await this.timeline.boundingBox(), await row.boundingBox()]
    if (!box || !lane) throw new Error('the lane cannot be seen')
    await this.page.mouse.move(box.x + x * box.width, lane.y + lane.height / 2)
  }

  /** Returns the time span that is shown, in ms, as the accessible name contains it. */
  async span(): Promise<number> {
    const name = (await this.panel.canvas.getAttribute('aria-label')) ?? ''
    const [, number, unit] = /([\d.]+) (ms|s)$/.exec(name) ?? []
    return Number(number) * (unit === 's' ? 1000 : 1)
  }

  /** Returns the labels of the axis. */
  async labels(): Promise<string[]> {
    return await this.panel.region.locator('[data-part="axis"] span:not([hidden])').allTextContents()
  }
}

async function openTimeline(openSkein: OpenSkein, folder: string): Promise<TimelinePage> {
  const { page } = await openPanel(openSkein, folder)
  return new TimelinePage(page)
}

test('the wheel with Ctrl zooms around the pointer and freezes, and Follow returns', async ({
  openSkein,
  temporaryFolder,
}) => {
  const { page, panel, frozen, ...rest } = await openTimeline(openSkein, temporaryFolder('music'))
  const timeline = Object.assign(new TimelinePage(page), rest)
  await playFirst(page)
  expect(await timeline.span()).toBe(10_000)
  expect(await timeline.labels()).toContain('now')

  await timeline.zoom(4, 0.5)
  await expect(frozen).toBeVisible()
  await expect.poll(() => timeline.span()).toBeLessThan(5_000)
  expect(await timeline.labels()).not.toContain('now')
  await timeline.zoom(40, 0.5)
  await expect.poll(() => timeline.span()).toBe(1)
  expect((await timeline.labels()).every((label) => /^−[\d,]+\.\d+ (ms|s)$/.test(label))).toBe(true)

  await panel.region.getByRole('button', { name: 'Follow' }).click()
  await expect(frozen).toBeHidden()
  await expect.poll(() => timeline.labels()).toContain('now')
  await panel.region.getByRole('radio', { name: '10 s' }).check({ force: true })
  await expect.poll(() => timeline.span()).toBe(10_000)
})

test('dragging and the horizontal wheel pan, and a click still selects a thread', async ({
  openSkein,
  temporaryFolder,
}) => {
  const timeline = await openTimeline(openSkein, temporaryFolder('music'))
  const { page, panel, frozen } = timeline
  await timeline.pointAtLane(panel.rows('Player', 'input').first(), 0.4)
  await page.mouse.down()
  await page.mouse.move(
    (await boundsOf(timeline.timeline)).x + (await boundsOf(timeline.timeline)).width * 0.9,
    600,
    {
      steps: 4,
    },
  )
  await page.mouse.up()
  await expect(frozen).toBeVisible()
  await expect.poll(() => timeline.labels()).not.toContain('now')
  await expect(panel.region.getByRole('region', { name: 'Thread input' })).toBeHidden()

  await timeline.pointAt(0.5, 0.2)
  await page.mouse.wheel(4_000, 0)
  await expect.poll(() => timeline.labels()).toContain('now')
  await expect(frozen).toBeVisible()

  await timeline.pointAtLane(panel.rows('Player', 'input').first(), 0.4)
  await page.mouse.down()
  await page.mouse.up()
  await expect(panel.region.getByRole('region', { name: 'Thread input' })).toBeVisible()
})

async function boundsOf(locator: Locator) {
  const found = await locator.boundingBox()
  if (!found) throw new Error('it cannot be seen')
  return found
}

test('keys zoom, pan and move from change to change, which is announced', async ({
  openSkein,
  temporaryFolder,
}) => {
  const timeline = await openTimeline(openSkein, temporaryFolder('music'))
  const { page, frozen, panel } = timeline
  await playFirst(page)
  await timeline.timeline.focus()
  await page.keyboard.press('+')
  await expect.poll(() => timeline.span()).toBeLessThan(7_000)
  await expect(frozen).toBeHidden()
  await page.keyboard.press('-')
  await expect.poll(() => timeline.span()).toBe(10_000)

  const before = await readPlayingSound(page)
  await page.keyboard.press('ArrowLeft')
  await expect(frozen).toBeVisible()
  await expect.poll(() => timeline.labels()).not.toContain('now')
  await page.keyboard.press('End')
  await expect.poll(() => timeline.labels()).toContain('now')
  await page.keyboard.press('Home')
  await expect.poll(async () => (await timeline.labels()).at(0)).toBe('−60 s')
  await page.keyboard.press('0')
  await expect.poll(() => timeline.labels()).toContain('now')
  // The arrow keys moved the picture, not the song.
  expect((await readPlayingSound(page))?.starts).toBe(before?.starts)

  const tip = panel.region.locator('[data-part="tip"]')
  for (let row = 0; row < 3; row++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+ArrowLeft')
  await expect(tip).toBeVisible()
  await expect(tip).toContainText('playback')
  await expect(panel.region.locator('[data-part="said"]')).toContainText('playback')
  await page.keyboard.press('Enter')
  await expect(panel.region.getByRole('region', { name: 'Thread playback' })).toBeVisible()
})

test('the lane of a waiting thread shows what it waits on and since when', async ({
  openSkein,
  temporaryFolder,
}) => {
  const timeline = await openTimeline(openSkein, temporaryFolder('music'))
  const { page, panel } = timeline
  await playFirst(page)
  await page
    .getByRole('region', { name: 'Player', exact: true })
    .getByRole('button', { name: 'Pause', exact: true })
    .click()
  await panel.expectThread('Player', 'playback', { state: 'Waiting', waitingOn: /^Queue commands get$/ })
  await expect.poll(() => panel.readSince('Player', 'playback')).toBeGreaterThan(200)
  await panel.region.getByRole('button', { name: 'Freeze' }).click()
  // The newest two hundred milliseconds.
  await panel.region.getByRole('radio', { name: '100 ms' }).check({ force: true })
  const tip = panel.region.locator('[data-part="tip"]')
  for (const position of [0.05, 0.5, 0.95]) {
    await timeline.pointAtLane(panel.rows('Player', 'playback').first(), position)
    await expect(tip).toContainText(/^Waiting for .* so far playback/)
    await expect(tip).toContainText('on Queue commands (get)')
    await expect(tip).toContainText(/from \d\d:\d\d:\d\d\.\d{3} on/)
  }
})

test('filters hide threads that do not match, and can be cleared', async ({ openSkein, temporaryFolder }) => {
  const timeline = await openTimeline(openSkein, temporaryFolder('music'))
  const { panel } = timeline
  const field = panel.region.getByRole('searchbox', { name: 'Filter threads' })
  await field.fill('play')
  await expect(panel.rows('Player', 'playback')).toHaveCount(1)
  await expect(panel.rows('Player', 'input')).toHaveCount(0)
  await field.fill('nobody')
  await expect(panel.region.getByText('No thread matches in the time shown.')).toBeVisible()
  await panel.region.getByRole('button', { name: 'Clear filters' }).click()
  await expect(panel.rows('Player', 'input')).toHaveCount(1)

  const filters = await panel.openPopover('Filters')
  await filters.getByRole('combobox', { name: 'Object' }).selectOption({ label: 'Queue files' })
  await expect(panel.rows('Host', 'scan-1')).toHaveCount(1)
  await expect(panel.rows('Player', 'input')).toHaveCount(0)
  await panel.region.getByRole('button', { name: 'Reset filters' }).click()

  await panel.openPopover('Filters')
  await filters.getByRole('button', { name: 'Only Waiting', exact: true }).click()
  await filters.getByRole('spinbutton', { name: 'Minimum duration (ms)' }).fill('50')
  await expect(panel.rows('Player', 'input')).toHaveCount(1)
  await expect(panel.rows('Player', 'main')).toHaveCount(0)
})

test('in full size the panel fills the main area, and Escape leaves it', async ({
  openSkein,
  temporaryFolder,
}) => {
  const timeline = await openTimeline(openSkein, temporaryFolder('music'))
  const { page, panel } = timeline
  const dock = (await boundsOf(panel.region)).height
  const tracks = page.getByRole('grid', { name: 'Tracks' })
  await panel.region.getByRole('button', { name: 'Full size' }).click()
  await expect(tracks).toBeHidden()
  await expect(panel.region.getByRole('button', { name: 'Full size' })).toBeFocused()
  expect((await boundsOf(panel.region)).height).toBeGreaterThan(dock * 1.5)

  await page.keyboard.press('Escape')
  await expect(tracks).toBeVisible()
  await expect.poll(async () => (await boundsOf(panel.region)).height).toBe(dock)

  await panel.region.getByRole('button', { name: 'Full size' }).click()
  await expect(tracks).toBeHidden()
  await page.getByRole('link', { name: 'Library' }).click()
  await expect(tracks).toBeVisible()
})

test('a scan appears in the series of its queue and in the table of events', { tag: '@host' }, async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  makeMixedLibrary(folder, 600)
  const { page } = await openSkein({ folder })
  const timeline = new TimelinePage(page)
  const { panel } = timeline
  const rescan = page.getByRole('button', { name: 'Rescan' })
  // The button is enabled before the first scan, too.
  await expect(page.getByText('600 tracks', { exact: true })).toBeVisible()
  await expect(rescan).toBeEnabled()
  await panel.open()
  await panel.region.getByRole('button', { name: 'Full size' }).click()
  const series = panel.region.getByRole('table', { name: 'Series of objects' })
  await panel.region.getByText(/^Series: /).click()
  const choice = panel.region.getByRole('checkbox', { name: 'Queue files' })
  await choice.uncheck()
  await choice.check()
  const row = series.getByRole('row', { name: 'Queue files' })
  // Only the visible rows are in the document.
  await row.scrollIntoViewIfNeeded()
  const maximum = async () => Number(await row.getByRole('cell').nth(2).innerText())
  await expect.poll(maximum).toBe(0)
  const picture = () => row.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
  const before = await picture()

  await page.keyboard.press('Escape')
  // Only new files are read.
  makeMixedLibrary(join(folder, 'More'), 600)
  await rescan.click()
  await panel.region.getByRole('button', { name: 'Full size' }).click()
  await row.scrollIntoViewIfNeeded()
  // Its items are batches of files.
  await expect.poll(maximum).toBeGreaterThan(3)
  expect(await picture()).not.toBe(before)

  await panel.chooseFromMenu('Events')
  await page.keyboard.press('Escape')
  await panel.region.getByRole('button', { name: 'Freeze' }).click()
  await panel.region.getByRole('searchbox', { name: 'Filter threads' }).fill('scan-1')
  const events = panel.region.getByRole('table', { name: 'Events' })
  await expect(events.getByRole('row').filter({ hasText: 'Queue files' }).first()).toBeVisible()
  const cells = await events.getByRole('row').nth(1).getByRole('cell').allInnerTexts()
  expect(cells[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3}/)
  expect(cells[1]).toContain('scan-1')
  const count = Number(await events.getAttribute('aria-rowcount'))
  expect(count).toBeGreaterThan(20)

  // A shorter span has fewer events.
  await panel.region.getByRole('radio', { name: '100 ms' }).check({ force: true })
  await expect.poll(async () => Number(await events.getAttribute('aria-rowcount'))).toBeLessThan(count)
})

test('the legend explains the marks', async ({ openSkein, temporaryFolder }) => {
  const { panel, page } = await openTimeline(openSkein, temporaryFolder('music'))
  await panel.region.getByRole('button', { name: 'Legend' }).click()
  await expect(panel.region.getByText('What a thread waits for')).toBeVisible()
  await expect(panel.region.getByRole('listitem').filter({ hasText: /^a queue$/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(panel.region.getByText('What a thread waits for')).toBeHidden()
})

test('no name of the player’s threads and objects is truncated, in any theme', async ({
  openSkein,
  temporaryFolder,
}) => {
  const { page, panel } = await openTimeline(openSkein, temporaryFolder('music'))
  await playFirst(page)
  await panel.expectThread('Player', 'selector', { state: 'Waiting', waitingOn: /^Condition upNext wait$/ })
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const [width, height] of [
      [1280, 800],
      [1000, 700],
    ] as const) {
      await page.setViewportSize({ width, height })
      await expect.poll(() => readCutNames(panel), `${colorScheme}, ${width} pixels`).toEqual([])
    }
  }
})

/** Returns the names of threads and objects that do not fit in the grid and in the table of objects. */
async function readCutNames(panel: ThreadsPanel): Promise<string[]> {
  const names = panel.region.locator(
    '[role=grid] td:first-child, [data-part=object], [data-part=held], table[aria-label=Objects] tbody:nth-of-type(1) :is(button, td)',
  )
  return await names.evaluateAll((elements) => {
    if (elements.length === 0) return ['there are no names']
    const isCut = ({ scrollWidth, clientWidth }: Element) => clientWidth > 0 && scrollWidth > clientWidth
    return elements.filter(isCut).map(({ textContent }) => textContent)
  })
}

test('the panel can be used in a small window, docked and in full size', async ({
  openSkein,
  temporaryFolder,
}) => {
  const timeline = await openTimeline(openSkein, temporaryFolder('music'))
  const { page, panel } = timeline
  await page.setViewportSize({ width: 720, height: 480 })
  await panel.rows('Player', 'selector').first().scrollIntoViewIfNeeded()
  await expect(panel.rows('Player', 'selector').first()).toBeInViewport()
  await panel.region.getByRole('button', { name: 'Full size' }).click()
  await expect(panel.rows('Player', 'main').first()).toBeInViewport()
  expect((await boundsOf(timeline.timeline)).width).toBeGreaterThan(120)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(720)
})

test('in full size with all its parts it has no accessibility violation', async ({
  openSkein,
  temporaryFolder,
}) => {
  const { page, panel } = await openTimeline(openSkein, temporaryFolder('music'))
  await playFirst(page)
  await panel.region.getByRole('button', { name: 'Full size' }).click()
  await panel.chooseFromMenu('Events')
  await page.keyboard.press('Escape')
  await panel.region.getByText(/^Series: /).click()
  await expect(panel.region.getByRole('table', { name: 'Events' }).getByRole('row').nth(3)).toBeVisible()
  await panel.region.getByRole('button', { name: 'Freeze' }).click()
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([])
  }
})

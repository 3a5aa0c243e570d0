import type { Page } from '@playwright/test'
import { LabPage } from './support/lab-page.ts'
import { openPanel } from './support/open-songs.ts'
import { expect, test } from './support/skein-fixture.ts'
import type { ThreadsPanel } from './support/threads-panel.ts'
import { nowPlaying, playFirst } from './support/tone-library.ts'

const playerRegion = (page: Page) => page.getByRole('region', { name: 'Player', exact: true })

const clickPlayerButton = (page: Page, name: string) =>
  playerRegion(page).getByRole('button', { name, exact: true }).click()

async function openThread(panel: ThreadsPanel, name: string) {
  await panel.rows('Player', name).first().getByRole('gridcell').first().click()
  return panel.region.getByRole('region', { name: `Thread ${name}` })
}

test('the reason text of a waiting thread names the feeder of its object, and is updated', async ({
  openSkein,
  temporaryFolder,
}) => {
  const { page, panel } = await openPanel(openSkein, temporaryFolder('music'))
  const details = await openThread(panel, 'playback')
  const why = details.getByRole('region', { name: 'Why?' })
  await expect(why).toHaveText(/^playback waits on Queue commands \(0 items\) for [\d.]+ (ms|s); .*fed by /)
  const before = await why.innerText()
  await expect.poll(() => why.innerText()).not.toBe(before)
  // Clicks pass through input: the analysis learns that it feeds playback, and that main feeds input.
  for (let click = 0; click < 4; click++) await clickPlayerButton(page, 'Shuffle')
  await expect(why).toContainText(/usually fed by .*input/)
  await expect(why).toContainText('waits on Queue inputs, fed by main')
})

test('the reason text of main names the objects that it waits for', async ({
  openSkein,
  temporaryFolder,
}) => {
  const { panel } = await openPanel(openSkein, temporaryFolder('music'))
  const details = await openThread(panel, 'main')
  await expect(details.getByRole('region', { name: 'Why?' })).toHaveText(
    /^main runs, or is ready to, and listens to .*Queue audio.* without blocking\.$/,
  )
})

test('playing, pausing and resuming causes no warning', async ({ openSkein, temporaryFolder }) => {
  const { page, panel } = await openPanel(openSkein, temporaryFolder('music'))
  // Every text that was ever shown, however briefly.
  await panel.region.evaluate((region) => {
    const alert = region.querySelector('[role="alert"]')
    if (!alert) throw new Error('there is no place for warnings')
    new MutationObserver(() => {
      region.setAttribute('data-warned', `${region.getAttribute('data-warned') ?? ''}${alert.textContent}`)
    }).observe(alert, { childList: true, subtree: true, characterData: true })
  })
  const longEnough = async (): Promise<void> => {
    // A wait is reported after a second; the selector and input wait from the start.
    await expect.poll(() => panel.readSince('Player', 'input')).toBeGreaterThan(1600)
  }
  await longEnough()
  await page.getByRole('button', { name: 'Rescan' }).click()
  await expect(page.getByRole('button', { name: 'Rescan' })).toBeEnabled()
  await playFirst(page)
  await longEnough()
  await clickPlayerButton(page, 'Pause')
  await longEnough()
  await clickPlayerButton(page, 'Play')
  await clickPlayerButton(page, 'Next')
  await expect(nowPlaying(page)).toContainText('Tone 0002')
  await longEnough()
  expect(await panel.region.getAttribute('data-warned')).toBeNull()
  await expect(panel.region.getByRole('region', { name: 'Near misses' })).toContainText(
    'No lock was taken in two orders, and no update was lost.',
  )
})

test('the details of an object open and close by keyboard', async ({ openSkein, temporaryFolder }) => {
  const { page, panel } = await openPanel(openSkein, temporaryFolder('music'))
  await playFirst(page)
  const objects = panel.region.getByRole('table', { name: 'Objects' })
  await objects.getByRole('button').first().focus()
  const chosen = objects.getByRole('button', { name: 'Queue commands' })
  const isFocused = () => chosen.evaluate((button) => button === document.activeElement)
  for (let row = 0; row < 10 && !(await isFocused()); row++) await page.keyboard.press('ArrowDown')
  await expect(chosen).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(chosen).toHaveAttribute('aria-expanded', 'true')
  const details = panel.region.getByRole('region', { name: 'Queue commands' })
  const fact = (name: string) => details.getByRole('definition').and(details.locator(`[data-part="${name}"]`))
  await expect(fact('feeders')).toContainText('input')
  await expect(fact('waits')).toHaveText(/^\d+ waits?$/)
  await expect(fact('maxDuration')).toHaveText(/^[\d.]+ (µs|ms|s|min)/)
  await expect(fact('contention')).toHaveText(/^(about )?\d+ of \d+ gets \([<\d. ]+%\)/)
  await expect(details.getByRole('listitem')).toHaveText(['playback'])
  await details.getByRole('button', { name: 'Close Queue commands' }).press('Enter')
  await expect(details).toBeHidden()
  await expect(chosen).toBeFocused()
})

test('the panel shows for how long the next song was ready before it was needed', async ({
  openSkein,
  temporaryFolder,
}) => {
  const { page, panel } = await openPanel(openSkein, temporaryFolder('music'))
  const misses = panel.region.getByRole('region', { name: 'Near misses' })
  await expect(misses).toContainText('No track change yet.')
  await playFirst(page)
  // The report about the preloaded song reaches playback: nothing else comes before the song's end.
  const details = await openThread(panel, 'playback')
  await expect(details.getByText(/^playback waits on Queue commands .* left\)/)).toBeVisible()
  await expect.poll(() => panel.readSince('Player', 'playback')).toBeGreaterThan(500)
  await clickPlayerButton(page, 'Next')
  await expect(misses).toHaveText(/Next song was ready [\d.]+ (ms|s) before it was needed\./)
})

test('the last operations of a thread are listed while a song plays', async ({
  openSkein,
  temporaryFolder,
}) => {
  const { page, panel } = await openPanel(openSkein, temporaryFolder('music'))
  const details = await openThread(panel, 'playback')
  await playFirst(page)
  const table = details.getByRole('table', { name: 'Last operations' })
  await expect(table.getByRole('row').filter({ hasText: 'get' }).first()).toContainText('Queue commands')
  await expect(table.getByRole('row').filter({ hasText: 'set' }).first()).toContainText('Event')
  await expect.poll(() => table.getByRole('row').count()).toBeGreaterThan(10)
  const states = details.getByRole('table', { name: 'Time in each state' })
  await expect(states.getByRole('row').filter({ hasText: 'aiting' }).first()).toContainText('%')
})

test('a deadlock is reported with a diagram of its cycle, and ends with one of its threads', async ({
  openSkein,
}) => {
  const { page } = await openSkein()
  const lab = new LabPage(page)
  await lab.open('Deadlock')
  await lab.run()
  const threads = page.getByRole('region', { name: 'Threads of the Lab' })
  const deadlock = threads.getByRole('alert').getByRole('region', { name: 'Deadlock' })
  await expect(deadlock.getByRole('heading')).toHaveText('Deadlock: one and two wait for each other', {
    timeout: 30_000,
  })
  await expect(
    deadlock.getByRole('img', {
      name: /^one waits for Lock right, held by two; two waits for Lock left, held by one$/,
    }),
  ).toBeVisible()
  await expect(deadlock.getByRole('listitem')).toHaveText([
    'one waits for Lock right, held by two',
    'two waits for Lock left, held by one',
  ])
  await expect(threads.getByRole('region', { name: 'Near misses' })).toContainText('taken in two orders')
  await deadlock.getByRole('button', { name: 'End one' }).click()
  await expect(deadlock).toBeHidden()
  await expect(lab.threadStates.getByRole('row').filter({ hasText: /^one/ })).toContainText('Terminated')
})

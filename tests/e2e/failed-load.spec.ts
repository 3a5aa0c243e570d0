/** Parts of the window whose code cannot be loaded at first. The web host alone: a test can cut its connection. */
import type { Page } from '@playwright/test'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

test.beforeEach(({ host }) => {
  test.skip(host !== 'web', 'Only the page of the web host comes over a connection that can fail.')
})

/** Fails the loads that a pattern names until the returned function is called. */
async function failLoads(page: Page, pattern: RegExp): Promise<() => Promise<void>> {
  await page.route(pattern, (route) => route.abort())
  return () => page.unroute(pattern)
}

test('a view whose code could not be loaded is shown by “Show it again”, with its style', async ({
  openSkein,
}) => {
  const skein = await openSkein()
  const { page } = skein
  const restore = await failLoads(page, /\/lab-view-[^/]+\.(js|css)$/)
  await new PlayerWindow(skein).show('Lab')
  const heading = page.getByRole('heading', { name: 'The Lab stopped.' })
  const again = page.getByRole('alert').getByRole('button', { name: 'Show it again' })
  await expect(heading).toBeVisible()
  await again.click()
  await expect(heading).toBeVisible()
  await restore()
  await again.click()
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible()
  await expect(heading).toHaveCount(0)
  const hasStyle = () =>
    page.evaluate(() => [...document.styleSheets].some(({ href }) => href?.includes('/lab-view-')))
  await expect.poll(hasStyle).toBe(true)
})

test('the Threads panel whose code could not be loaded is shown by “Show it again”', async ({
  openSkein,
}) => {
  const { page } = await openSkein()
  const restore = await failLoads(page, /\/threads-(panel|view)-[^/]+\.(js|css)$/)
  await page.getByRole('button', { name: 'Threads', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'The Threads panel stopped.' })).toBeVisible()
  await restore()
  await page.getByRole('button', { name: 'Show it again' }).click()
  await expect(page.getByRole('grid', { name: 'Thread states' })).toBeVisible()
})

test('a dialog whose code cannot be loaded is reported, ends nothing else, and can be opened later', async ({
  openSkein,
}) => {
  const skein = await openSkein()
  const { page } = skein
  const restore = await failLoads(page, /\/about-dialog-[^/]+\.(js|css)$/)
  // Loaded again without the dialog, which is otherwise loaded soon after the first picture.
  await page.reload()
  const window = new PlayerWindow(skein)
  await window.show('Settings')
  const open = page.getByRole('button', { name: 'About Skein' })
  await open.click()
  await expect(window.failure).toContainText('The dialog could not be shown: ')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await restore()
  await open.click()
  await expect(page.getByRole('dialog')).toBeVisible()
})

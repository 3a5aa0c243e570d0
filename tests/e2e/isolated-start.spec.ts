import { makeTones } from '../fixtures/make-libraries.ts'
import { expect, test } from './support/skein-fixture.ts'

test('the page is cross-origin isolated, so its threads can share memory', async ({ openSkein }) => {
  const { page } = await openSkein()
  await expect(page).toHaveTitle(/Skein/)
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
})

test('the tracks of a folder on the command line are shown', async ({ openSkein, temporaryFolder }) => {
  const folder = temporaryFolder('music')
  const tones = makeTones(folder, { count: 3 })
  const { page } = await openSkein({ folder })
  const grid = page.getByRole('grid', { name: 'Tracks' })
  for (const tone of tones) await expect(grid.getByText(tone.title, { exact: true })).toBeVisible()
})

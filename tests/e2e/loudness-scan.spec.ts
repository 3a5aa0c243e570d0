import { makeTones } from '../fixtures/make-libraries.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

test('the library is measured on request, by keyboard, and remembers that', async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 30, seconds: 2 })
  const { page } = await openSkein({ folder })
  await new PlayerWindow({ page }).expectTracks(30)
  await page.getByRole('link', { name: 'Settings' }).click()
  const start = page.getByRole('button', { name: 'Measure all songs' })
  await start.focus()
  await page.keyboard.press('Enter')
  const pause = page.getByRole('button', { name: 'Pause measuring' })
  const complete = page.getByText('All songs are measured.')
  await expect(pause.or(complete)).toBeVisible()
  await expect(complete).toBeVisible()
  // The button keeps the focus, and finds nothing more to do.
  await expect(start).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(complete).toBeVisible()
})

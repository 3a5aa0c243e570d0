import { makeTones } from '../fixtures/make-libraries.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

test('keys and mouse buttons go back and forward through what was shown', { tag: '@host' }, async ({
  openSkein,
  temporaryFolder,
  host,
}) => {
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 3, seconds: 1 })
  const { page } = await openSkein({ folder })
  const window = new PlayerWindow({ page })
  await window.expectTracks(3)
  const link = (name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name })
  const expectView = (name: string) => expect(link(name)).toHaveAttribute('aria-current', 'page')
  const devtools = await page.context().newCDPSession(page)
  const press = async (button: 'back' | 'forward') => {
    for (const type of ['mousePressed', 'mouseReleased'] as const)
      await devtools.send('Input.dispatchMouseEvent', { type, x: 400, y: 300, button, clickCount: 1 })
  }
  await window.show('Settings')
  await window.show('Up next')
  await page.keyboard.press('Alt+ArrowLeft')
  await expectView('Settings')
  await page.keyboard.press('Alt+ArrowLeft')
  await expectView('Library')
  // Electron's window has nothing before it; a browser has its own pages.
  if (host === 'electron') await page.keyboard.press('Alt+ArrowLeft')
  await page.keyboard.press('Alt+ArrowRight')
  await expectView('Settings')
  await press('forward')
  await expectView('Up next')
  await press('back')
  await expectView('Settings')
  await press('back')
  await expectView('Library')
  await expect(window.tracks).toBeVisible()
})

import { copyFixtures, makeTones } from '../fixtures/make-libraries.ts'
import { emulateScheme, expectAccessible } from './support/accessibility.ts'
import { LabPage } from './support/lab-page.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test('the first start has no accessibility violation', async ({ openSkein, host }) => {
      const { page } = await openSkein()
      const window = new PlayerWindow({ page })
      await emulateScheme(page, colorScheme)
      await expect(window.button('Choose a folder…')).toBeVisible()
      await expectAccessible(page)
      if (host !== 'web') return
      await window.button('Choose a folder…').click()
      await expect(page.getByRole('listbox', { name: 'Folders' })).toBeFocused()
      await expectAccessible(page)
    })

    test('no view has an accessibility violation while a song plays', async ({
      openSkein,
      temporaryFolder,
    }) => {
      const folder = temporaryFolder('music')
      makeTones(folder, { count: 30, seconds: 60 })
      copyFixtures('tones', ['tone.mp3', 'tone.flac'], folder)
      copyFixtures('broken', ['text.mp3', 'empty.mp3'], folder)
      const { page } = await openSkein({ folder })
      const window = new PlayerWindow({ page })
      await emulateScheme(page, colorScheme)
      await window.expectTracks(32)
      await window.row('Tone 0003').dblclick()
      await window.expectMoving()
      await expectAccessible(page)

      await window.search.fill('nobody has this')
      await expect(page.getByRole('heading', { name: 'Nothing matches.' })).toBeVisible()
      await expectAccessible(page)
      await window.search.press('Escape')

      await window.button('2 files could not be read').click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()

      await window.show('Up next')
      await expect(window.upNext).toBeVisible()
      await expectAccessible(page)

      await window.show('Lab')
      const lab = new LabPage(page)
      await lab.open('Interference')
      await lab.showListings('Both')
      await lab.setNumber('Additions per thread (live)', 10)
      await lab.button('Show the answer').click()
      await lab.run()
      await lab.result()
      await expectAccessible(page)

      await window.show('Settings')
      await expectAccessible(page)

      await window.show('Library')
      await window.button('Threads').click()
      const states = page.getByRole('grid', { name: 'Thread states' })
      await expect(states.getByRole('row').filter({ hasText: 'playback' })).toBeVisible()
      await expectAccessible(page)
    })
  })
}

import { makeLargeLibrary } from '../fixtures/large-library/make-large-library.ts'
import { emulateScheme, expectAccessible } from './support/accessibility.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

const tabs = [
  'Albums',
  'Artists',
  'Genres',
  'Years',
  'Folders',
  'Tracks',
  'Recently added',
  'Recently played',
  'Most played',
]

/** The two that differ most. views.spec.ts checks the others with few tracks. */
const looks = [
  { colorScheme: 'dark', width: 1280, height: 800 },
  { colorScheme: 'light', width: 720, height: 480 },
] as const

/** Takes a picture of each view: `SKEIN_PICTURES=FOLDER npx playwright test library-sizes`. */
const pictures = process.env.SKEIN_PICTURES

for (const count of [3, 3_000])
  test(`every view of ${count} tracks is used by keyboard and accessible`, async ({
    openSkein,
    temporaryFolder,
  }) => {
    test.setTimeout(240_000)
    const folder = temporaryFolder('music')
    makeLargeLibrary(folder, count, () => {})
    const { page } = await openSkein({ folder })
    const window = new PlayerWindow({ page })
    await window.expectTracks(count)
    const panel = page.getByRole('tabpanel')
    for (const { colorScheme, width, height } of looks) {
      await page.setViewportSize({ width, height })
      await emulateScheme(page, colorScheme)
      for (const [index, name] of tabs.entries()) {
        const tab = page.getByRole('tab', { name, exact: true })
        if (index === 0) {
          await page.getByRole('tab', { selected: true }).focus()
          await page.keyboard.press('Home')
        } else {
          await page.getByRole('tab', { name: tabs[index - 1] ?? '', exact: true }).focus()
          await page.keyboard.press('ArrowRight')
        }
        await expect(tab).toBeFocused()
        await expect(tab).toHaveAttribute('aria-selected', 'true')
        const first = panel.getByRole('gridcell').or(panel.getByRole('heading')).first()
        await expect(first).toBeVisible()
        await expectAccessible(page)
        if (pictures !== undefined)
          await page.screenshot({ path: `${pictures}/${count} ${name} ${colorScheme} ${width}.png` })
        await page.keyboard.press('Tab')
        await expect(panel.locator(':focus')).toBeVisible()
        if (['Albums', 'Artists', 'Genres', 'Years'].includes(name)) {
          // An item opens its page, and going back returns to it.
          const item = await panel.locator(':focus').textContent()
          await page.keyboard.press('Enter')
          await expect(page.getByRole('heading', { level: 2 })).toBeFocused()
          await expectAccessible(page)
          if (pictures !== undefined)
            await page.screenshot({ path: `${pictures}/${count} ${name} page ${colorScheme} ${width}.png` })
          await page.keyboard.press('Alt+ArrowLeft')
          await expect(panel.locator(':focus')).toHaveText(item ?? '')
        }
      }
    }
  })

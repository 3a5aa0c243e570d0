import { existsSync } from 'node:fs'
import { largeLibraryFolder, makeLargeLibrary } from '../fixtures/large-library/make-large-library.ts'
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

const looks = [
  { colorScheme: 'dark', width: 1280, height: 800 },
  { colorScheme: 'light', width: 1280, height: 800 },
  { colorScheme: 'dark', width: 720, height: 480 },
  { colorScheme: 'light', width: 720, height: 480 },
] as const

/** Takes a picture of each view: `SKEIN_PICTURES=FOLDER npx playwright test library-sizes`. */
const pictures = process.env.SKEIN_PICTURES

// The generated library of the benchmarks is used where it exists: `node scripts/make-library.ts` makes it.
for (const count of [3, 3_000, 100_000])
  test(`every view of ${count} tracks is used by keyboard and accessible`, async ({
    openSkein,
    temporaryFolder,
  }) => {
    test.setTimeout(count > 3_000 ? 900_000 : 240_000)
    const isLarge = count > 3_000
    test.skip(isLarge && !existsSync(largeLibraryFolder(count)), 'The generated library does not exist')
    const folder = isLarge ? largeLibraryFolder(count) : temporaryFolder('music')
    if (!isLarge) makeLargeLibrary(folder, count, () => {})
    const { page } = await openSkein({ folder })
    const window = new PlayerWindow({ page })
    await expect(page.getByText(`${count.toLocaleString('en')} tracks`, { exact: true })).toBeVisible({
      timeout: 600_000,
    })
    await expect(window.button('Rescan')).toBeVisible({ timeout: 600_000 })
    const panel = page.getByRole('tabpanel')
    // Each look in the library of medium size, and the two that differ most in the others.
    for (const { colorScheme, width, height } of count === 3_000 ? looks : [looks[0], looks[3]]) {
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

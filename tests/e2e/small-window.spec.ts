/** The window at small sizes, down to the least one that the desktop allows. */
import type { Locator } from '@playwright/test'
import { makeOddNames } from '../fixtures/make-libraries.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'
import { ThreadsPanel } from './support/threads-panel.ts'

test.beforeEach(({ host }) => {
  test.skip(host !== 'web', 'The layout is the same in both hosts, and a browser window has any size.')
})

/** Returns the names of visible controls below an element that cover each other. */
const findOverlaps = (root: Locator): Promise<string[]> =>
  root.evaluate((element) => {
    const controls = [...element.querySelectorAll('button, input, select, a')].filter((control) =>
      control.checkVisibility({ visibilityProperty: true }),
    )
    const nameOf = (control: Element) =>
      control.getAttribute('aria-label') ?? (control.textContent || control.tagName)
    return controls.flatMap((control, index) => {
      const one = control.getBoundingClientRect()
      return controls.slice(index + 1).flatMap((next) => {
        const other = next.getBoundingClientRect()
        const width = Math.min(one.right, other.right) - Math.max(one.left, other.left)
        const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
        return width > 1 && height > 1 ? [`${nameOf(control)} / ${nameOf(next)}`] : []
      })
    })
  })

for (const [width, height] of [
  [600, 400],
  [480, 360],
  [480, 760],
] as const) {
  test(`at ${width} × ${height} no control covers another one`, async ({ openSkein, temporaryFolder }) => {
    const folder = temporaryFolder('music')
    const { playable } = makeOddNames(folder)
    const skein = await openSkein({ folder })
    const window = new PlayerWindow(skein)
    await window.expectTracks(playable.length)
    await skein.page.setViewportSize({ width, height })
    const main = skein.page.getByRole('main')
    for (const view of ['Library', 'Settings', 'Library'] as const) {
      await window.show(view)
      expect(await findOverlaps(main)).toEqual([])
    }
    const panel = new ThreadsPanel(skein.page)
    await panel.open()
    expect(await findOverlaps(panel.region.locator('header').first())).toEqual([])
    await expect(panel.region.getByRole('button', { name: 'Close threads' })).toBeInViewport()
  })
}

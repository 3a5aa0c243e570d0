import type { Page } from '@playwright/test'
import { makeTones } from '../fixtures/make-libraries.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

/** Returns how many pixels of a canvas are painted; 0 while there is no canvas. */
const paintedPixels = (page: Page, canvas: string): Promise<number> =>
  page.evaluate((selector) => {
    const element = document.querySelector<HTMLCanvasElement>(selector)
    const data = element?.getContext('2d')?.getImageData(0, 0, element.width, element.height).data ?? []
    let painted = 0
    for (let alpha = 3; alpha < data.length; alpha += 4) if ((data[alpha] ?? 0) > 0) painted += 1
    return painted
  }, canvas)

test('the seek slider shows the waveform of the song, and seeks by keyboard and pointer', {
  tag: '@host',
}, async ({ openSkein, temporaryFolder }) => {
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 2, seconds: 60 })
  const { page } = await openSkein({ folder })
  const window = new PlayerWindow({ page })
  await window.expectTracks(2)
  await window.row('Tone 0001').dblclick()
  await window.expectMoving()
  const canvas = 'section[aria-label=Player] canvas'
  await expect.poll(() => paintedPixels(page, canvas)).toBeGreaterThan(1000)

  await window.control('Pause').click()
  await window.seek.focus()
  await page.keyboard.press('Home')
  await window.expectPosition(0, 1)
  await page.keyboard.press('PageUp')
  await window.expectPosition(29, 32)
  const box = await window.seek.boundingBox()
  if (box === null) throw new Error('The slider has no box.')
  await page.mouse.click(box.x + box.width / 4, box.y + box.height / 2)
  await window.expectPosition(14, 16)

  await window.row('Tone 0002').dblclick()
  await window.expectNowPlaying('Tone 0002')
  await expect.poll(() => paintedPixels(page, canvas)).toBeGreaterThan(1000)
})

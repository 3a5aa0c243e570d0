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
  // The song is read to its end first, when nothing more urgent is decoded.
  const expectWaveform = () =>
    expect
      .poll(() => paintedPixels(page, 'section[aria-label=Player] canvas'), { timeout: 30_000 })
      .toBeGreaterThan(1000)
  await expectWaveform()

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
  await expectWaveform()
})

/** Counts the connections to analysers from now on. Call it before the first song plays. */
async function countAnalysers(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const connected = new Map<AudioNode, Set<AudioNode>>()
    const { connect, disconnect } = AudioNode.prototype
    AudioNode.prototype.connect = function (this: AudioNode, ...args: [AudioNode, ...number[]]) {
      if (args[0] instanceof AnalyserNode)
        connected.set(this, (connected.get(this) ?? new Set<AudioNode>()).add(args[0]))
      return Reflect.apply(connect, this, args)
    } as typeof connect
    AudioNode.prototype.disconnect = function (this: AudioNode, ...args: [AudioNode?]) {
      if (args[0] === undefined) connected.delete(this)
      else connected.get(this)?.delete(args[0])
      return Reflect.apply(disconnect, this, args)
    } as typeof disconnect
    const count = () => [...connected.values()].reduce((sum, analysers) => sum + analysers.size, 0)
    Object.assign(window, { countAnalysers: count })
  })
  return () => page.evaluate(() => (window as unknown as { countAnalysers(): number }).countAnalysers())
}

test('Up next shows the spectrum and the level, and measures nothing while they are not visible', {
  tag: '@host',
}, async ({ openSkein, temporaryFolder }) => {
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 1, seconds: 60 })
  const { page } = await openSkein({ folder })
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  const window = new PlayerWindow({ page })
  await window.expectTracks(1)
  const analysers = await countAnalysers(page)
  await window.row('Tone 0001').dblclick()
  await window.expectMoving()
  expect(await analysers()).toBe(0)

  const canvas = 'main canvas'
  await window.show('Up next')
  await expect.poll(analysers).toBe(3)
  await expect.poll(() => paintedPixels(page, canvas)).toBeGreaterThan(500)

  await window.control('Pause').click()
  await expect.poll(analysers).toBe(0)
  await expect.poll(() => paintedPixels(page, canvas)).toBe(0)
  await window.control('Play').click()
  await expect.poll(analysers).toBe(3)

  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expect.poll(analysers).toBe(0)
  await expect(page.locator(canvas)).toBeHidden()
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await expect.poll(analysers).toBe(3)

  await window.show('Library')
  await expect.poll(analysers).toBe(0)
})

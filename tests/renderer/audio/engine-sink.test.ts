import { expect, test } from 'vitest'
import { describeOutput, number } from './describe-output.ts'

describeOutput('engine', (page) => {
  test('the engine plays, not a media element', async () => {
    await page().load(1, number('long'))
    await page().report('playing', 1)
    expect(await page().page.evaluate(() => window.engine?.usesFallback)).toBe(false)
  })

  test('the volume is the square of the slider, zero while muted, and stays for the next song', async () => {
    const volume = () =>
      page().page.evaluate(
        () => (window as unknown as { Howler: { masterGain: GainNode } }).Howler.masterGain.gain.value,
      )
    await page().load(1, number('long'))
    await page().report('playing', 1)
    await page().ask({ kind: 'volume', volume: 0.5, muted: false })
    await expect.poll(volume).toBeCloseTo(0.25)
    await page().ask({ kind: 'volume', volume: 0.5, muted: true })
    await page().load(2, number('other'))
    await page().report('playing', 2)
    await expect.poll(volume).toBeCloseTo(0)
    await page().ask({ kind: 'volume', volume: 1, muted: false })
    await expect.poll(volume).toBeCloseTo(1)
  })
})

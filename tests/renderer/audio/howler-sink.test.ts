import { expect, test } from 'vitest'
import { describeOutput, number } from './describe-output.ts'

describeOutput('element', (page) => {
  test('a song that the system holds is reported, and continues on request', async () => {
    await page().load(1, number('long'))
    await page().report('playing', 1)
    await page().page.evaluate(() => {
      const { Howler } = window as unknown as {
        Howler: { _howls: { _sounds: { _node: HTMLAudioElement }[] }[] }
      }
      for (const howl of Howler._howls) howl._sounds[0]?._node.pause()
    })
    await page().report('held', 1)
    await page().forget()
    await page().ask({ kind: 'play', run: 1 })
    await page().report('playing', 1)
  })

  test('the volume is the square of the slider, zero while muted, and stays for the next song', async () => {
    const volumes = () =>
      page().page.evaluate(() => {
        const { Howler } = window as unknown as {
          Howler: { _howls: { _sounds: { _node: HTMLAudioElement }[] }[] }
        }
        return Howler._howls
          .map((howl) => howl._sounds[0]?._node)
          .map((node) => (node?.muted ? 0 : node?.volume))
      })
    await page().load(1, number('long'))
    await page().ask({ kind: 'volume', volume: 0.5, muted: false })
    expect(await volumes()).toEqual([0.25])
    await page().ask({ kind: 'volume', volume: 0.5, muted: true })
    await page().load(2, number('other'))
    expect(await volumes()).toEqual([0])
    await page().report('playing', 2)
    await page().ask({ kind: 'volume', volume: 1, muted: false })
    expect(await volumes()).toEqual([1])
  })

  test('hundreds of songs leave at most two in memory, and the page logs nothing', async () => {
    const before = page().complaints.length
    await page().page.evaluate(
      ([long, other]) => {
        for (let run = 1; run <= 300; run++) {
          window.ask({ kind: 'load', run, track: run % 2 ? long : other, position: 0, play: true })
          window.ask({ kind: 'preload', track: run % 3 ? long : other })
        }
      },
      [number('long'), number('other')] as const,
    )
    await page().report('playing', 300)
    const left = await page().page.evaluate(
      () => (window as unknown as { Howler: { _howls: unknown[] } }).Howler._howls.length,
    )
    expect(left).toBeLessThanOrEqual(2)
    expect(page().complaints.slice(before)).toEqual([])
  })
})

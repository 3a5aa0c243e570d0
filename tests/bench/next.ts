import type { Page } from '@playwright/test'
import { type Measurement, median } from './measurement.ts'
import { playerButton, trackTitle, withSkeinPage } from './skein-page.ts'
import { installSoundClock, millisecondsToSound, untilNextIsReady, untilSilent } from './sound-clock.ts'

const rounds = 15
/** Skein plays the first half of the library, the bare elements the second. */
const songsEach = 40

interface Times {
  readonly skein: number[]
  readonly bare: number[]
}

/** From the user's act to the first sound, in Skein and with bare audio elements in the same page, by turns. */
export async function next(): Promise<readonly Measurement[]> {
  return await withSkeinPage(
    { count: 2 * songsEach, seconds: 60 },
    installSoundClock,
    async ({ page }) => {
      await addBarePlayer(page)
      const cold = await measureCold(page)
      const warm = await measureWarm(page)
      return [measurement('next', warm), measurement('next-cold', cold)]
    },
  )
}

function measurement(name: string, { skein, bare }: Times): Measurement {
  const value = median(skein)
  const peer = median(bare)
  const ratio = value / peer
  return { name, value, peer, unit: 'ms', ratio, aim: 'value / peer ≤ 1.25', met: ratio <= 1.25 }
}

/** A double click on a song that was never loaded, against one on a button that plays a new element. */
async function measureCold(page: Page): Promise<Times> {
  const times: Times = { skein: [], bare: [] }
  // The first of each wakes the sound output and is not counted. Skein preloads the song after the one it plays.
  for (let round = 0; round <= rounds; round++) {
    const song = 1 + 2 * round
    const skein = await millisecondsToSound(page, () => trackTitle(page, song).dblclick())
    await playerButton(page, 'Pause').click()
    await untilSilent(page)
    await page.evaluate((url) => bareWindow().barePlayer.setCold(url), await barePath(page, round))
    const bare = await millisecondsToSound(page, () => page.getByText('Bare cold').dblclick())
    await page.evaluate(() => bareWindow().barePlayer.stop())
    await untilSilent(page)
    if (round === 0) continue
    times.skein.push(skein)
    times.bare.push(bare)
  }
  return times

}

/** A click on Next, against one on a button that changes over to the next element: both hold the next song ready. */
async function measureWarm(page: Page): Promise<Times> {
  return { skein: [], bare: [] }
}

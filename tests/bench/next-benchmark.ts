import type { Page } from '@playwright/test'
import { addBarePlayer, commandBarePlayer } from './support/bare-player.ts'
import { type Measurement, median } from './support/measurement.ts'
import { playerButton, trackTitle, withSkeinPage } from './support/skein-page.ts'
import { awaitNextReady, awaitSilence, installSoundClock, measureTimeToSound } from './support/sound-clock.ts'

const roundCount = 15
const songCount = 160
/** The bare player plays songs from this number on, Skein the ones before, so that each song is loaded only once. */
const firstBareSong = 110

interface Times {
  readonly skein: number[]
  readonly bare: number[]
}

/** The time from the user's action to the sound, alternately in Skein and with bare audio elements in the same page. */
export async function measureNext(): Promise<readonly Measurement[]> {
  return await withSkeinPage({ count: songCount, seconds: 30 }, installSoundClock, async ({ page }) => {
    await addBarePlayer(page)
    const addresses = createBareAddresses(page)
    const cold = await measureCold(page, addresses)
    // The rows of the cold songs had to be visible. This part needs only a window of the usual size.
    await page.setViewportSize({ width: 1280, height: 800 })
    const warm = await measureWarm(page, addresses)
    return [createMeasurement('next', warm), createMeasurement('next-cold', cold)]
  })
}

function createMeasurement(name: string, { skein, bare }: Times): Measurement {
  const value = median(skein)
  const peer = median(bare)
  const ratio = value / peer
  return { name, value, peer, unit: 'ms', ratio, aim: 'value / peer ≤ 1.25', met: ratio <= 1.25 }
}

function createBareAddresses(page: Page): () => string {
  const { search } = new URL(page.url())
  let song = firstBareSong
  return () => `/media/${song++}${search}`
}

/** A double click on a song that was never loaded, compared with one on a button that plays a new element. */
async function measureCold(page: Page, bareAddress: () => string): Promise<Times> {
  const times: Times = { skein: [], bare: [] }
  for (let round = 0; round <= roundCount; round++) {
    // Skein preloads the song after the one it plays, so only every second one is cold.
    const skein = await measureTimeToSound(page, () => trackTitle(page, 1 + 2 * round).dblclick())
    await playerButton(page, 'Pause').click()
    await awaitSilence(page)
    await commandBarePlayer(page, { kind: 'cold', address: bareAddress() })
    const bare = await measureTimeToSound(page, () => page.getByText('Bare cold').dblclick())
    await commandBarePlayer(page, { kind: 'pause' })
    await awaitSilence(page)
    // The first round starts the sound output.
    if (round > 0) addTimes(times, skein, bare)
  }
  return times
}

/** A click on Next, compared with one that switches to the next element. Both have preloaded the next song. */
async function measureWarm(page: Page, bareAddress: () => string): Promise<Times> {
  const times: Times = { skein: [], bare: [] }
  await commandBarePlayer(page, { kind: 'begin', first: bareAddress(), second: bareAddress() })
  for (let round = 0; round <= roundCount; round++) {
    await awaitNextReady(page, { bare: true })
    const bare = await measureTimeToSound(page, () => page.getByText('Bare next').click())
    await commandBarePlayer(page, { kind: 'pause' })
    await awaitSilence(page)
    await playerButton(page, 'Play').click()
    await awaitNextReady(page, { bare: false })
    const skein = await measureTimeToSound(page, () => playerButton(page, 'Next').click())
    await playerButton(page, 'Pause').click()
    await awaitSilence(page)
    await commandBarePlayer(page, { kind: 'prepare', address: bareAddress() })
    await commandBarePlayer(page, { kind: 'resume' })
    if (round > 0) addTimes(times, skein, bare)
  }
  return times
}

function addTimes(times: Times, skein: number, bare: number): void {
  times.skein.push(skein)
  times.bare.push(bare)
}

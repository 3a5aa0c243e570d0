import type { Page } from '@playwright/test'
import { addBarePlayer, tellBarePlayer } from './bare-player.ts'
import { type Measurement, median } from './measurement.ts'
import { playerButton, trackTitle, withSkeinPage } from './skein-page.ts'
import { installSoundClock, millisecondsToSound, untilNextIsReady, untilSilent } from './sound-clock.ts'

const rounds = 15
const songs = 160
/** The bare player takes the songs from this number on, Skein those far before it: each song is loaded once. */
const firstBare = 110

interface Times {
  readonly skein: number[]
  readonly bare: number[]
}

/** From the user's act to the sound, in Skein and with bare audio elements in the same page, by turns. */
export async function next(): Promise<readonly Measurement[]> {
  return await withSkeinPage({ count: songs, seconds: 30 }, installSoundClock, async ({ page }) => {
    await addBarePlayer(page)
    const addresses = bareAddresses(page)
    const cold = await measureCold(page, addresses)
    // The cold songs' rows had to be in view; this needs no more than the window that users have.
    await page.setViewportSize({ width: 1280, height: 800 })
    const warm = await measureWarm(page, addresses)
    return [measurement('next', warm), measurement('next-cold', cold)]
  })
}

function measurement(name: string, { skein, bare }: Times): Measurement {
  const value = median(skein)
  const peer = median(bare)
  const ratio = value / peer
  return { name, value, peer, unit: 'ms', ratio, aim: 'value / peer ≤ 1.25', met: ratio <= 1.25 }
}

function bareAddresses(page: Page): () => string {
  const { search } = new URL(page.url())
  let song = firstBare
  return () => `/media/${song++}${search}`
}

/** A double click on a song that was never loaded, against one on a button that plays a new element. */
async function measureCold(page: Page, bareAddress: () => string): Promise<Times> {
  const times: Times = { skein: [], bare: [] }
  for (let round = 0; round <= rounds; round++) {
    // Skein holds the song after the one it plays ready: every second one is cold.
    const skein = await millisecondsToSound(page, () => trackTitle(page, 1 + 2 * round).dblclick())
    await playerButton(page, 'Pause').click()
    await untilSilent(page)
    await tellBarePlayer(page, { kind: 'cold', address: bareAddress() })
    const bare = await millisecondsToSound(page, () => page.getByText('Bare cold').dblclick())
    await tellBarePlayer(page, { kind: 'pause' })
    await untilSilent(page)
    // The first round wakes the sound output.
    if (round > 0) keep(times, skein, bare)
  }
  return times
}

/** A click on Next, against one that changes over to the next element: both hold the next song ready. */
async function measureWarm(page: Page, bareAddress: () => string): Promise<Times> {
  const times: Times = { skein: [], bare: [] }
  await tellBarePlayer(page, { kind: 'begin', first: bareAddress(), second: bareAddress() })
  for (let round = 0; round <= rounds; round++) {
    await untilNextIsReady(page, { bare: true })
    const bare = await millisecondsToSound(page, () => page.getByText('Bare next').click())
    await tellBarePlayer(page, { kind: 'pause' })
    await untilSilent(page)
    await playerButton(page, 'Play').click()
    await untilNextIsReady(page, { bare: false })
    const skein = await millisecondsToSound(page, () => playerButton(page, 'Next').click())
    await playerButton(page, 'Pause').click()
    await untilSilent(page)
    await tellBarePlayer(page, { kind: 'prepare', address: bareAddress() })
    await tellBarePlayer(page, { kind: 'resume' })
    if (round > 0) keep(times, skein, bare)
  }
  return times
}

function keep(times: Times, skein: number, bare: number): void {
  times.skein.push(skein)
  times.bare.push(bare)
}

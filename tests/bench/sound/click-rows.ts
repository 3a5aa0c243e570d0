import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ffmpeg } from '../../../scripts/ffmpeg.ts'
import { type Measurement, median } from '../support/measurement.ts'
import { playerButton } from '../support/skein-page.ts'
import { type AudiblePage, awaitSong, track, withAudiblePage } from './audible-page.ts'
import { makeSongs, numbered } from './bench-songs.ts'
import { type PulseRecorder, PulseSink } from './pulse-sink.ts'

const roundCount = 9
const pulseRate = 44_100
const hourTitle = 'An hour'
/** Seconds: the long file has sound at its beginning and its end, and is silent between. */
const hour = { length: 3600, sound: 60 }
/** Where the seek goes, as a share of the file: into the sound at its end. */
const seekTarget = 0.99

/** Milliseconds after which the next song is loaded. */
const loadTime = 3000

/** Each is loaded once: songs for the clicks of both sides, and pairs of silence and a song for Next. */
const songs = [
  ...Array.from({ length: 2 * (roundCount + 1) }, (_, index) => ({
    title: numbered('Tone', index + 1),
    seconds: 20,
    hertz: 330,
  })),
  ...Array.from({ length: 2 * (roundCount + 1) }, (_, index) => ({
    title: numbered(index % 2 === 0 ? 'Quiet' : 'Loud', Math.floor(index / 2) + 1),
    seconds: 20,
    hertz: index % 2 === 0 ? 0 : 330,
  })),
]

type AddressOf = AudiblePage['addressOf']

interface Times {
  readonly skein: number[]
  readonly bare: number[]
}

interface ActedWindow {
  actedAt: number
  bareElement: HTMLAudioElement | undefined
  bareAddress: string
  /** Plays one song and loads another, which the button `Bare next` plays. */
  prepareBareNext(current: string, next: string): void
}

/** From a click to the sound, as another process hears it, compared with a bare audio element in the same page. */
export async function measureClicks(): Promise<readonly Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'skein-clicks-'))
  const sink = await PulseSink.start(pulseRate)
  try {
    makeSongs(folder, songs)
    makeHour(join(folder, 'zz-hour.flac'))
    const options = { music: folder, tracks: songs.length + 1, environment: sink.environment }
    return await withAudiblePage(options, async ({ page, addressOf }) => {
      const recorder = sink.record()
      await recorder.started()
      try {
        await addBareButtons(page)
        return [
          createMeasurement('sound-click', await measureCold(page, recorder, addressOf)),
          createMeasurement('sound-next', await measureNext(page, recorder, addressOf)),
          createMeasurement('sound-click-hour', await measureHour(page, recorder, addressOf)),
          createMeasurement('sound-seek-end', await measureSeek(page, recorder, addressOf)),
        ]
      } finally {
        await recorder.end()
      }
    })
  } finally {
    await sink.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

function createMeasurement(name: string, { skein, bare }: Times): Measurement {
  const value = median(skein)
  const peer = median(bare)
  const ratio = value / peer
  return { name, value, peer, unit: 'ms', ratio, aim: 'value / peer ≤ 1.25', met: ratio <= 1.25 }
}

/** A double click on a song that was never loaded. */
async function measureCold(page: Page, recorder: PulseRecorder, addressOf: AddressOf): Promise<Times> {
  return await alternate(page, recorder, {
    skein: (round) => track(page, numbered('Tone', 2 * round + 1)).dblclick(),
    bareAddress: (round) => addressOf(numbered('Tone', 2 * round + 2)),
    bare: () => page.getByText('Bare cold').dblclick(),
  })
}

/** A click on Next while silence plays, compared with a button that switches to an element that has loaded the song. */
async function measureNext(page: Page, recorder: PulseRecorder, addressOf: AddressOf): Promise<Times> {
  const times: Times = { skein: [], bare: [] }
  for (let round = 0; round <= roundCount; round++) {
    await track(page, numbered('Quiet', round + 1)).dblclick()
    await awaitSong(page, numbered('Quiet', round + 1))
    await page.waitForTimeout(loadTime)
    const skein = await timeToSound(page, recorder, () => playerButton(page, 'Next').click())
    await playerButton(page, 'Pause').click()
    await page.evaluate(
      ([current, next]) => (window as unknown as ActedWindow).prepareBareNext(current, next),
      [addressOf(numbered('Quiet', round + 1)), addressOf(numbered('Loud', round + 1))] as const,
    )
    await awaitSilence(page, recorder)
    await page.waitForTimeout(loadTime)
    const bare = await timeToSound(page, recorder, () => page.getByText('Bare next').click())
    await pauseBare(page)
    await awaitSilence(page, recorder)
    if (round > 0) addTimes(times, skein, bare)
  }
  return times
}

async function measureHour(page: Page, recorder: PulseRecorder, addressOf: AddressOf): Promise<Times> {
  return await alternate(page, recorder, {
    skein: () => track(page, hourTitle).dblclick(),
    bareAddress: () => addressOf(hourTitle),
    bare: () => page.getByText('Bare cold').dblclick(),
  })
}

/** A click at the end of the seek bar, compared with a button that sets `currentTime`. */
async function measureSeek(page: Page, recorder: PulseRecorder, addressOf: AddressOf): Promise<Times> {
  const times: Times = { skein: [], bare: [] }
  await page.evaluate((address) => {
    ;(window as unknown as ActedWindow).bareAddress = address
  }, addressOf(hourTitle))
  const seekTo = async (share: number) => {
    const box = await page.getByRole('slider', { name: 'Seek' }).boundingBox()
    if (box === null) throw new Error('The seek bar is not visible.')
    await page.mouse.click(box.x + box.width * share, box.y + box.height / 2)
  }
  for (let round = 0; round <= roundCount; round++) {
    await track(page, hourTitle).dblclick()
    await awaitSong(page, hourTitle)
    await seekTo(0.5)
    await awaitSilence(page, recorder)
    const skein = await timeToSound(page, recorder, () => seekTo(seekTarget))
    await playerButton(page, 'Pause').click()
    await page.getByText('Bare cold').dblclick()
    await page.evaluate((position) => {
      const { bareElement } = window as unknown as ActedWindow
      if (bareElement !== undefined) bareElement.currentTime = position
    }, hour.length / 2)
    await awaitSilence(page, recorder)
    const bare = await timeToSound(page, recorder, () => page.getByText('Bare seek').click())
    await pauseBare(page)
    await awaitSilence(page, recorder)
    if (round > 0) addTimes(times, skein, bare)
  }
  return times
}

interface Sides {
  readonly skein: (round: number) => Promise<void>
  readonly bareAddress: (round: number) => string
  readonly bare: () => Promise<void>
}

async function alternate(page: Page, recorder: PulseRecorder, sides: Sides): Promise<Times> {
  const times: Times = { skein: [], bare: [] }
  for (let round = 0; round <= roundCount; round++) {
    const skein = await timeToSound(page, recorder, () => sides.skein(round))
    await playerButton(page, 'Pause').click()
    await awaitSilence(page, recorder)
    const address = sides.bareAddress(round)
    await page.evaluate((source) => {
      ;(window as unknown as ActedWindow).bareAddress = source
    }, address)
    const bare = await timeToSound(page, recorder, sides.bare)
    await pauseBare(page)
    await awaitSilence(page, recorder)
    // The first round starts the sound output.
    if (round > 0) addTimes(times, skein, bare)
  }
  return times
}

/** Performs a user's action and returns the milliseconds from it to the first sample that is heard. */
async function timeToSound(page: Page, recorder: PulseRecorder, act: () => Promise<void>): Promise<number> {
  recorder.clear()
  const onset = recorder.nextOnset()
  await act()
  const heardAt = await onset
  return heardAt - (await page.evaluate(() => (window as unknown as ActedWindow).actedAt))
}

async function awaitSilence(page: Page, recorder: PulseRecorder): Promise<void> {
  while (!recorder.isSilent(0.3)) await page.waitForTimeout(30)
}

const pauseBare = (page: Page): Promise<void> =>
  page.evaluate(() => (window as unknown as ActedWindow).bareElement?.pause())

/** Records when the user acts, and adds buttons that play a new element and that seek in it. */
async function addBareButtons(page: Page): Promise<void> {
  await page.evaluate((target) => {
    const state = window as unknown as ActedWindow
    state.actedAt = 0
    const recordAction = ({ timeStamp }: Event) => {
      state.actedAt = performance.timeOrigin + timeStamp
    }
    addEventListener('pointerup', recordAction, { capture: true })
    addEventListener('dblclick', recordAction, { capture: true })
    const addButton = (label: string, type: 'click' | 'dblclick', right: number, onPress: () => void) => {
      const button = document.createElement('button')
      button.textContent = label
      button.style.cssText = `position: fixed; z-index: 9; top: 8px; right: ${right}px`
      button.addEventListener(type, onPress)
      document.body.append(button)
    }
    addButton('Bare cold', 'dblclick', 340, () => {
      state.bareElement = new Audio(state.bareAddress)
      void state.bareElement.play()
    })
    let bareNext: HTMLAudioElement | undefined
    state.prepareBareNext = (current, next) => {
      state.bareElement = new Audio(current)
      void state.bareElement.play()
      bareNext = new Audio(next)
      bareNext.preload = 'auto'
    }
    addButton('Bare next', 'click', 440, () => {
      void bareNext?.play()
      state.bareElement?.pause()
      state.bareElement = bareNext
    })
    addButton('Bare seek', 'click', 240, () => {
      if (state.bareElement !== undefined) state.bareElement.currentTime = target
    })
  }, seekTarget * hour.length)
}

function addTimes(times: Times, skein: number, bare: number): void {
  console.error(`  ${skein.toFixed(1)} ms, bare ${bare.toFixed(1)} ms`)
  times.skein.push(skein)
  times.bare.push(bare)
}

/** Sound, almost an hour of silence, and sound. */
function makeHour(path: string): void {
  const { length, sound } = hour
  ffmpeg([
    ...['-f', 'lavfi', '-i', `sine=frequency=330:sample_rate=44100:duration=${sound}`],
    ...['-f', 'lavfi', '-i', `anullsrc=r=44100:cl=mono:d=${length - 2 * sound}`],
    ...['-filter_complex', '[0]volume=6,asplit[a][c];[a][1][c]concat=n=3:v=0:a=1'],
    ...['-metadata', `title=${hourTitle}`, '-metadata', 'artist=Zz', '-c:a', 'flac', path],
  ])
}

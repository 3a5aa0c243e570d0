import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Browser } from '@playwright/test'
import { ffmpeg } from '../../../scripts/ffmpeg.ts'
import { pageMemory } from '../library/window-runs.ts'
import { type Measurement, median } from '../support/measurement.ts'
import { playerButton } from '../support/skein-page.ts'
import { type AudiblePage, awaitSong, track, withAudiblePage } from './audible-page.ts'
import { makeSongs, numbered } from './bench-songs.ts'
import { countGaps, type Recording } from './join-analysis.ts'
import { PulseSink } from './pulse-sink.ts'

const pulseRate = 44_100
const hertz = 100
const sineTitle = 'Sine'
/** Seconds of each measurement of the processor's time, and how many there are. */
const costSeconds = 8
const costRounds = 5

/** Interruptions while other processes keep all cores busy, compared with a bare audio element under the same load. */
export async function measureGaps(seconds: number): Promise<readonly Measurement[]> {
  return await withSine(seconds + 60, async (folder) => {
    const sink = await PulseSink.start(pulseRate)
    const options = { music: folder, tracks: 1, environment: sink.environment }
    try {
      const value = await withAudiblePage(options, (sound) =>
        recordUnderLoad(sink, seconds, () => playInSkein(sound)),
      )
      const peer = await withAudiblePage(options, (sound) =>
        recordUnderLoad(sink, seconds, () => playInElement(sound)),
      )
      const [gaps, peerGaps] = [countGaps(value, hertz), countGaps(peer, hertz)]
      const unit = `gaps in ${seconds} s`
      return [
        {
          name: 'sound-gaps',
          value: gaps,
          peer: peerGaps,
          unit,
          ratio: gaps,
          aim: 'value = 0',
          met: gaps === 0,
        },
      ]
    } finally {
      await sink.end()
    }
  })
}

/** The processor's time of the whole browser while a song plays and the page is hidden. */
export async function measureCost(): Promise<readonly Measurement[]> {
  return await withSine(600, async (folder) => {
    const options = { music: folder, tracks: 1 }
    const own: number[] = []
    const bare: number[] = []
    for (let round = 0; round < costRounds; round++) {
      own.push(await withAudiblePage(options, (sound) => costWhileHidden(sound, () => playInSkein(sound))))
      bare.push(
        await withAudiblePage(options, (sound) => costWhileHidden(sound, () => playInBarePage(sound))),
      )
    }
    const [value, peer] = [median(own), median(bare)]
    const ratio = value / peer
    const aim = 'value / peer ≤ 1.3'
    return [{ name: 'sound-hidden-cpu', value, peer, unit: '% of a core', ratio, aim, met: ratio <= 1.3 }]
  })
}

/** The memory of the page's process after many songs, compared with a tenth of them. */
export async function measureMemory(songs: number): Promise<readonly Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'skein-memory-'))
  try {
    makeSongs(
      folder,
      Array.from({ length: songs }, (_, index) => ({
        title: toneTitle(index + 1),
        seconds: 0.25,
        hertz: 330,
      })),
    )
    return await withAudiblePage({ music: folder, tracks: songs }, async ({ page, browser }) => {
      page.setDefaultTimeout(songs * 2000)
      await track(page, 'Tone 0001').dblclick()
      await awaitSong(page, toneTitle(Math.ceil(songs / 10)))
      const memory = async () => await pageMemory({ page, browser, startTime: 0 })
      const peer = await memory()
      await awaitSong(page, toneTitle(songs))
      const value = await memory()
      const ratio = value / peer
      const aim = 'value / peer ≤ 1.1'
      return [
        { name: 'sound-memory', value, peer, unit: `MB, ${songs} songs`, ratio, aim, met: ratio <= 1.1 },
      ]
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const toneTitle = (number: number): string => numbered('Tone', number)

async function withSine<Result>(seconds: number, run: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'skein-sine-'))
  try {
    mkdirSync(folder, { recursive: true })
    ffmpeg([
      ...['-f', 'lavfi', '-i', `sine=frequency=${hertz}:sample_rate=44100:duration=${seconds}`],
      ...['-af', 'volume=4', '-metadata', `title=${sineTitle}`, join(folder, 'sine.flac')],
    ])
    return await run(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function playInSkein({ page }: AudiblePage): Promise<void> {
  await track(page, sineTitle).dblclick()
  await playerButton(page, 'Pause').waitFor()
}

async function playInElement({ page, addressOf }: AudiblePage): Promise<void> {
  await page.evaluate(async (address) => await new Audio(address).play(), addressOf(sineTitle))
}

/** A page of its own with nothing but an audio element. */
async function playInBarePage(sound: AudiblePage): Promise<void> {
  const { page, addressOf } = sound
  await page.route('**/bench-bare', (route) =>
    route.fulfill({
      body: `<!doctype html><audio src="${addressOf(sineTitle)}" autoplay></audio>`,
      contentType: 'text/html',
    }),
  )
  await page.goto(new URL(`/bench-bare`, page.url()).href)
  await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.1)
}

async function recordUnderLoad(
  sink: PulseSink,
  seconds: number,
  play: () => Promise<void>,
): Promise<Recording> {
  const recorder = sink.record()
  await recorder.started()
  const load: ChildProcess[] = []
  try {
    const onset = recorder.nextOnset()
    await play()
    await onset
    for (const _ of cpus()) load.push(spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }))
    recorder.clear()
    await delay(seconds * 1000)
    return recorder.read()
  } finally {
    for (const program of load) program.kill('SIGKILL')
    await recorder.end()
  }
}

/** Another tab hides the page. Returns percent of a core. */
async function costWhileHidden({ page, browser }: AudiblePage, play: () => Promise<void>): Promise<number> {
  await play()
  const cover = await page.context().newPage()
  await cover.bringToFront()
  await delay(3000)
  const before = await processorSeconds(browser)
  await delay(costSeconds * 1000)
  return (100 * ((await processorSeconds(browser)) - before)) / costSeconds
}

async function processorSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { errorMessage } from '../../../shared/error-message.ts'
import type { Measurement } from '../support/measurement.ts'
import { track, withAudiblePage } from './audible-page.ts'
import { playWithElements, serveFiles } from './bare-elements.ts'
import { addGraphRecorder, awaitRecorder, hasGoneSilent, takeRecordings } from './graph-recorder.ts'
import { analyseJoin, type Join, type Recording, splitAtSilence } from './join-analysis.ts'
import {
  type JoinFormat,
  joinFiles,
  joinFormats,
  joinFrames,
  joinHertz,
  makeJoinFiles,
} from './join-files.ts'
import { canMpdPlay, MpdPlayer } from './mpd-player.ts'
import { PulseSink } from './pulse-sink.ts'

const pulseRate = 44_100
/** Seconds of silence after which a join is over; the songs of silence between the formats are longer. */
const minSilence = 0.5
/** Milliseconds within which a join has been heard. */
const maxSoundTime = 15_000

/** The joins of all formats, recorded from the graph. */
export const measureJoins = (): Promise<readonly Measurement[]> => withJoinFiles(measureInGraph)

/** The join of FLAC as it is heard outside of the browser. */
export const measureHeardJoin = (): Promise<readonly Measurement[]> => withJoinFiles(measureHeard)

async function withJoinFiles<Result>(measure: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'skein-joins-'))
  try {
    makeJoinFiles(folder)
    return await measure(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureInGraph(folder: string): Promise<readonly Measurement[]> {
  const options = { music: folder, tracks: 3 * joinFormats.length, prepare: addGraphRecorder }
  return await withAudiblePage(options, async ({ page }) => {
    // A song of silence makes the context, and the recorder loads its module.
    await track(page, `${joinFormats[0]?.name} 3`).dblclick()
    await awaitRecorder(page)
    const joins = new Map<string, Join>()
    for (const format of joinFormats) {
      await takeRecordings(page)
      await track(page, `${format.name} 1`).dblclick()
      const join = await recordedJoin(page, format)
      if (join !== undefined) joins.set(format.name, join)
    }
    const peers = await measureElements(page, folder)
    return joinFormats.flatMap((format) =>
      measurementsOf(format, joins.get(format.name), peers.get(format.name)),
    )
  })
}

/** Returns undefined, and says so, if the two halves were not heard as one. */
async function recordedJoin(page: Page, format: JoinFormat): Promise<Join | undefined> {
  if (!(await awaitSilence(page, minSilence))) {
    console.error(`${format.name} was not heard.`)
    return undefined
  }
  const parts = (await takeRecordings(page)).flatMap((recording) => splitAtSilence(recording, minSilence / 2))
  const [part] = parts
  try {
    if (part === undefined || parts.length > 1) throw new Error(`There are ${parts.length} sounds.`)
    return analyse(part, format)
  } catch (error) {
    console.error(`The join of ${format.name} could not be measured. ${errorMessage(error)}`)
    return undefined
  }
}

async function measureElements(page: Page, folder: string): Promise<ReadonlyMap<string, Join>> {
  const joins = new Map<string, Join>()
  for (const format of joinFormats) {
    const addresses = await serveFiles(page, format.name, joinFiles(folder, format), format.contentType)
    try {
      await playWithElements(page, addresses, format.rate)
    } catch {
      // Chromium's elements do not play this format.
      continue
    }
    await awaitSilence(page, minSilence)
    const recordings = await takeRecordings(page)
    // Two elements leave a silence between the halves that may be longer than the one behind them.
    const [recording] = recordings.filter(({ samples }) => samples.some((sample) => Math.abs(sample) > 0.02))
    if (recording !== undefined) joins.set(format.name, analyse(recording, format))
  }
  return joins
}

function measurementsOf(format: JoinFormat, join: Join | undefined, peer: Join | undefined): Measurement[] {
  if (join === undefined) return []
  const frames = Math.abs(join.added)
  const { tolerance } = format
  return [
    {
      name: `sound-join-${format.name}`,
      value: frames,
      peer: Math.abs(peer?.added ?? Number.NaN),
      unit: 'samples',
      ratio: frames,
      aim: `value ≤ ${tolerance}`,
      // The phase of a sine is measured to a small part of a sample.
      met: frames <= tolerance + 0.1,
    },
    // Encoders that lose something make steps of their own at the ends of a file.
    ...(tolerance === 0 ? [stepOf(format, join, peer)] : []),
  ]
}

function stepOf({ name }: JoinFormat, join: Join, peer: Join | undefined): Measurement {
  return {
    name: `sound-step-${name}`,
    value: join.step,
    peer: peer?.step ?? Number.NaN,
    unit: 'own steps',
    ratio: join.step,
    aim: 'value ≤ 1.5',
    met: join.step <= 1.5,
  }
}

async function measureHeard(folder: string): Promise<readonly Measurement[]> {
  const format = joinFormats.find(({ name }) => name === 'flac')
  if (format === undefined) throw new Error('FLAC is not measured.')
  const sink = await PulseSink.start(pulseRate)
  try {
    const own = await heardJoin(sink, format, (play) =>
      withAudiblePage(
        { music: folder, tracks: 3 * joinFormats.length, environment: sink.environment },
        async ({ page }) => await play(() => track(page, 'flac 1').dblclick()),
      ),
    )
    const elements = await heardJoin(sink, format, (play) =>
      withAudiblePage(
        { music: folder, tracks: 3 * joinFormats.length, environment: sink.environment },
        async ({ page }) => {
          const addresses = await serveFiles(page, 'flac', joinFiles(folder, format), format.contentType)
          await play(() => playWithElements(page, addresses, undefined))
        },
      ),
    )
    const mpd = canMpdPlay() ? await heardMpd(sink, folder, format) : undefined
    const row = (name: string, peer: Join | undefined): Measurement => ({
      name,
      value: Math.abs(own.added),
      peer: Math.abs(peer?.added ?? Number.NaN),
      unit: 'samples',
      ratio: Math.abs(own.added),
      aim: 'value = 0',
      met: Math.abs(own.added) < 0.5,
    })
    return [row('sound-heard-elements', elements), row('sound-heard-mpd', mpd)]
  } finally {
    await sink.end()
  }
}

async function heardMpd(sink: PulseSink, folder: string, format: JoinFormat): Promise<Join> {
  const mpd = await MpdPlayer.start(folder, sink.environment, pulseRate)
  try {
    return await heardJoin(sink, format, (play) => play(() => mpd.play(['flac/1.flac', 'flac/2.flac'])))
  } finally {
    await mpd.end()
  }
}

/** Records what is heard while `run` plays the two halves. */
async function heardJoin(
  sink: PulseSink,
  format: JoinFormat,
  run: (play: (act: () => Promise<void>) => Promise<void>) => Promise<void>,
): Promise<Join> {
  const recorder = sink.record()
  await recorder.started()
  try {
    let recording: Recording | undefined
    await run(async (act) => {
      recorder.clear()
      const onset = recorder.nextOnset()
      await act()
      await onset
      while (!recorder.isSilent(minSilence)) await new Promise((resolve) => setTimeout(resolve, 50))
      recording = recorder.read()
    })
    if (recording === undefined) throw new Error('Nothing was recorded.')
    return analyse(recording, format)
  } finally {
    await recorder.end()
  }
}

/** Returns whether sound was recorded, and `seconds` of silence behind it. */
async function awaitSilence(page: Page, seconds: number): Promise<boolean> {
  for (const end = Date.now() + maxSoundTime; Date.now() < end; await page.waitForTimeout(100))
    if (await hasGoneSilent(page, seconds)) return true
  return false
}

function analyse(recording: Recording, { name, rate }: JoinFormat): Join {
  const join = analyseJoin(recording, { hertz: joinHertz, rate, frames: joinFrames })
  console.error(`  ${name}: ${join.added.toFixed(2)} frames added, steps up to ${join.step.toFixed(2)}`)
  return join
}

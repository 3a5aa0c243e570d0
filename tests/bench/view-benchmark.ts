import { type Browser, chromium, type Page } from '@playwright/test'
import { findChromium } from '../../scripts/find-chromium.ts'
import { isRoot } from '../../scripts/system.ts'
import { CostMeter } from './support/cost-meter.ts'
import { type Measurement, median } from './support/measurement.ts'
import { trackTitle, withSkeinPage } from './support/skein-page.ts'
import { measured, minRatio, type Row, skein, valueOverPeer } from './threading.ts'
import { serveViewPage } from './view/serve-view-page.ts'
import type {} from './view/view-page.tsx'

const roundCount = 5
const roundDuration = 4_000
const viewport = { width: 1280, height: 800 }

/**
 * The threads view under load: twenty threads that are always active, with 50,000 events a second, measured alternately
 * with an empty page in the same browser.
 */
export async function measureView(): Promise<readonly Measurement[]> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('Chromium is not installed: npm test installs it.')
  const served = await serveViewPage()
  const browser = await chromium.launch({ executablePath, chromiumSandbox: !isRoot })
  try {
    return [
      ...(await measureUnderLoad(browser, served.address)),
      await measureDeadlock(browser, served.address),
      await measured(recordingRow),
      await measureRecordingWhilePlaying(),
    ]
  } finally {
    await browser.close()
    served.close()
  }
}

/** What the recorder, which always runs, costs a queue that passes integers. */
const recordingRow: Row = {
  name: 'view-recording',
  unit: 'thousand/s',
  own: skein('queue-recorded'),
  peer: skein('queue-unrecorded'),
  ratio: valueOverPeer,
  ...minRatio(0.97),
}

/** What the recorder costs the player while a song plays and the panel is closed, alternately with and without it. */
async function measureRecordingWhilePlaying(): Promise<Measurement> {
  const values: number[] = []
  const peers: number[] = []
  await withSkeinPage({ count: 2, seconds: 300 }, makeRecorderStoppable, async ({ page, browser }) => {
    await trackTitle(page, 1).dblclick()
    await page.getByRole('status', { name: 'Now playing' }).getByText('Tone 0001').waitFor()
    const meter = await CostMeter.attach(page, browser)
    for (let round = 0; round <= roundCount; round++) {
      for (const [stopped, costs] of [
        [true, peers],
        [false, values],
      ] as const) {
        await page.evaluate((timersStopped) => Object.assign(window, { timersStopped }), stopped)
        const { processor } = await meter.measure()
        if (round > 0) costs.push(processor)
      }
    }
  })
  const [value, peer] = [median(values), median(peers)]
  return {
    name: 'view-recording-cpu',
    value,
    peer,
    unit: '% of a core',
    ratio: value / peer,
    aim: 'value − peer < 1',
    met: value - peer < 1,
  }
}

/** Makes `window.timersStopped` stop the recorder, the only timer of the page with an interval of 50 ms. */
function makeRecorderStoppable(): void {
  const setInterval = window.setInterval.bind(window)
  Object.assign(window, {
    setInterval: (callback: () => void, interval: number) =>
      setInterval(() => {
        if (interval !== 50 || !('timersStopped' in window && window.timersStopped)) callback()
      }, interval),
  })
}

async function measureUnderLoad(browser: Browser, address: string): Promise<readonly Measurement[]> {
  const empty = await openPage(browser, `${address}/empty`)
  const loaded = await openPage(browser, address)
  await loaded.evaluate(() => window.bench.startThreads())
  const figures = {
    empty: [] as number[],
    loaded: [] as number[],
    events: [] as number[],
    lags: [] as number[],
  }
  for (let round = 0; round <= roundCount; round++) {
    await loaded.evaluate(() => window.bench.setPaused(true))
    const peer = await measureFrameRate(empty)
    await loaded.evaluate(() => window.bench.setPaused(false))
    await loaded.bringToFront()
    await loaded.evaluate(() => window.bench.takeCounts())
    const startTime = performance.now()
    const frames = await measureFrameRate(loaded)
    const counts = await loaded.evaluate(() => window.bench.takeCounts())
    const seconds = (performance.now() - startTime) / 1000
    // The first round loads and compiles.
    if (round === 0) continue
    figures.empty.push(peer)
    figures.loaded.push(frames)
    figures.events.push(counts.events / seconds)
    figures.lags.push(percentile(counts.lags, 0.99))
  }
  await loaded.close()
  await empty.close()
  return createMeasurements(figures)
}

function createMeasurements(
  figures: Readonly<Record<'empty' | 'loaded' | 'events' | 'lags', number[]>>,
): Measurement[] {
  const [value, peer] = [median(figures.loaded), median(figures.empty)]
  const [events, lag] = [median(figures.events), median(figures.lags)]
  const ratio = value / peer
  return [
    {
      name: 'view-frames',
      value,
      peer,
      unit: 'frames/s',
      ratio,
      aim: 'value / peer ≥ 0.9',
      met: ratio >= 0.9,
    },
    {
      name: 'view-events',
      value: events,
      peer: 50_000,
      unit: 'events/s',
      ratio: events / 50_000,
      aim: 'the load: value ≥ 50,000',
      met: events >= 50_000,
    },
    {
      name: 'view-lag',
      value: lag,
      peer: 1,
      unit: 'frames',
      ratio: lag,
      aim: 'value ≤ 1, of 99 % of the events',
      met: lag <= 1,
    },
  ]
}

/** The time from the moment two threads wait for each other to the warning on the page. */
async function measureDeadlock(browser: Browser, address: string): Promise<Measurement> {
  const times: number[] = []
  for (let round = 0; round < roundCount; round++) {
    const page = await openPage(browser, address)
    times.push(await page.evaluate(() => window.bench.measureDeadlock()))
    await page.close()
  }
  const value = Math.max(...times)
  return {
    name: 'view-deadlock',
    value,
    peer: 100,
    unit: 'ms',
    ratio: value / 100,
    aim: 'maximum value ≤ 100 ms',
    met: value <= 100,
  }
}

async function openPage(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport })
  page.setDefaultTimeout(20_000)
  await page.goto(address)
  if (!address.endsWith('/empty')) await page.waitForFunction(() => 'bench' in window)
  return page
}

async function measureFrameRate(page: Page): Promise<number> {
  await page.bringToFront()
  return await page.evaluate(
    (length) =>
      new Promise<number>((resolve) => {
        let first: number | undefined
        let frames = 0
        requestAnimationFrame(function frame(time) {
          first ??= time
          if (time - first >= length) return resolve((1000 * frames) / (time - first))
          frames++
          requestAnimationFrame(frame)
        })
      }),
    roundDuration,
  )
}

/** Returns the lag in frames that this share of the events does not exceed. `counts` holds the number of events by lag. */
function percentile(counts: readonly number[], share: number): number {
  const total = counts.reduce((sum, count) => sum + (count ?? 0), 0)
  const countUpTo = (lag: number) => counts.slice(0, lag + 1).reduce((sum, count) => sum + (count ?? 0), 0)
  const found = counts.findIndex((_, lag) => countUpTo(lag) >= total * share)
  if (found < 0) throw new Error('No frame showed an event.')
  return found
}

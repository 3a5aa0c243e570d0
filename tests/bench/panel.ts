import type { Browser, CDPSession, Page } from '@playwright/test'
import { type Measurement, median } from './measurement.ts'
import { trackTitle, withSkeinPage } from './skein-page.ts'

const rounds = 7
/** Milliseconds of one measurement. */
const roundLength = 5_000

/** What a stretch of time cost. */
interface Cost {
  /** Animation frames a second. */
  readonly frames: number
  /** Of all of the browser's processes, in percent of one core. */
  readonly processor: number
  /** Tasks of the page's main thread, scripts and painting among them, in percent of the time. */
  readonly mainThread: number
}

/** What the Threads panel costs while a song plays: the same page with it open and closed, by turns. */
export async function panel(): Promise<readonly Measurement[]> {
  return await withSkeinPage(
    { count: 4, seconds: 300 },
    () => {},
    async ({ page, browser }) => {
      await page.setViewportSize({ width: 1280, height: 800 })
      await trackTitle(page, 1).dblclick()
      await page.getByRole('status', { name: 'Now playing' }).getByText('Tone 0001').waitFor()
      const meter = await CostMeter.on(page, browser)
      const open: Cost[] = []
      const closed: Cost[] = []
      for (let round = 0; round <= rounds; round++) {
        const without = await meter.measure()
        await togglePanel(page, true)
        const withPanel = await meter.measure()
        await togglePanel(page, false)
        // The first round loads the panel's code.
        if (round === 0) continue
        closed.push(without)
        open.push(withPanel)
      }
      return measurements(open, closed)
    },
  )
}

function measurements(open: readonly Cost[], closed: readonly Cost[]): readonly Measurement[] {
  const of = (costs: readonly Cost[], name: keyof Cost) => median(costs.map((cost) => cost[name]))
  const frames = { value: of(open, 'frames'), peer: of(closed, 'frames') }
  const lost = 1 - frames.value / frames.peer
  const share = (name: 'processor' | 'mainThread') => {
    const value = of(open, name)
    const peer = of(closed, name)
    return { value, peer, ratio: value / peer, aim: 'value − peer < 3', met: value - peer < 3 }
  }
  return [
    {
      name: 'panel-frames',
      ...frames,
      unit: 'frames/s',
      ratio: frames.value / frames.peer,
      aim: 'value / peer > 0.97',
      met: lost < 0.03,
    },
    { name: 'panel-cpu', unit: '% of a core', ...share('processor') },
    { name: 'panel-main-thread', unit: '% of the time', ...share('mainThread') },
  ]
}

async function togglePanel(page: Page, open: boolean): Promise<void> {
  await page.getByRole('button', { name: 'Threads', exact: true }).click()
  const grid = page.getByRole('grid', { name: 'Thread states' })
  await grid.waitFor({ state: open ? 'visible' : 'hidden' })
}

class CostMeter {
  readonly #page: Page
  readonly #browserSession: CDPSession
  readonly #pageSession: CDPSession

  private constructor(page: Page, browserSession: CDPSession, pageSession: CDPSession) {
    this.#page = page
    this.#browserSession = browserSession
    this.#pageSession = pageSession
  }

  static async on(page: Page, browser: Browser): Promise<CostMeter> {
    const pageSession = await page.context().newCDPSession(page)
    await pageSession.send('Performance.enable')
    return new CostMeter(page, await browser.newBrowserCDPSession(), pageSession)
  }

  async measure(): Promise<Cost> {
    const processor = await this.#processorSeconds()
    const tasks = await this.#taskSeconds()
    const { frames, milliseconds } = await countFrames(this.#page)
    const seconds = milliseconds / 1000
    return {
      frames: frames / seconds,
      processor: (100 * ((await this.#processorSeconds()) - processor)) / seconds,
      mainThread: (100 * ((await this.#taskSeconds()) - tasks)) / seconds,
    }
  }

  async #processorSeconds(): Promise<number> {
    const { processInfo } = await this.#browserSession.send('SystemInfo.getProcessInfo')
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
  }

  async #taskSeconds(): Promise<number> {
    const { metrics } = await this.#pageSession.send('Performance.getMetrics')
    const tasks = metrics.find(({ name }) => name === 'TaskDuration')
    if (tasks === undefined) throw new Error('the browser does not tell how long its tasks took.')
    return tasks.value
  }
}

async function countFrames(page: Page): Promise<{ frames: number; milliseconds: number }> {
  return await page.evaluate(
    (length) =>
      new Promise<{ frames: number; milliseconds: number }>((resolve) => {
        let first: number | undefined
        let frames = 0
        requestAnimationFrame(function frame(time) {
          first ??= time
          const milliseconds = time - first
          if (milliseconds >= length) return resolve({ frames, milliseconds })
          frames++
          requestAnimationFrame(frame)
        })
      }),
    roundLength,
  )
}

import type { Browser, CDPSession, Page } from '@playwright/test'

const roundDuration = 5_000

export interface Cost {
  /** Animation frames a second. */
  readonly frames: number
  /** Processor time of all processes of the browser, in percent of one core. */
  readonly processor: number
  /** Tasks of the page's main thread, including scripts and painting, in percent of the time. */
  readonly mainThread: number
}

/** Measures the cost of a page that draws with every frame. */
export class CostMeter {
  readonly #page: Page
  readonly #browserSession: CDPSession
  readonly #pageSession: CDPSession

  private constructor(page: Page, browserSession: CDPSession, pageSession: CDPSession) {
    this.#page = page
    this.#browserSession = browserSession
    this.#pageSession = pageSession
  }

  static async attach(page: Page, browser: Browser): Promise<CostMeter> {
    const pageSession = await page.context().newCDPSession(page)
    await pageSession.send('Performance.enable')
    return new CostMeter(page, await browser.newBrowserCDPSession(), pageSession)
  }

  async measure(): Promise<Cost> {
    const processor = await this.#cpuSeconds()
    const tasks = await this.#taskSeconds()
    const { frames, milliseconds } = await countFrames(this.#page)
    const seconds = milliseconds / 1000
    return {
      frames: frames / seconds,
      processor: (100 * ((await this.#cpuSeconds()) - processor)) / seconds,
      mainThread: (100 * ((await this.#taskSeconds()) - tasks)) / seconds,
    }
  }

  async #cpuSeconds(): Promise<number> {
    const { processInfo } = await this.#browserSession.send('SystemInfo.getProcessInfo')
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
  }

  async #taskSeconds(): Promise<number> {
    const { metrics } = await this.#pageSession.send('Performance.getMetrics')
    const tasks = metrics.find(({ name }) => name === 'TaskDuration')
    if (tasks === undefined) throw new Error('The browser does not report the duration of its tasks.')
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
    roundDuration,
  )
}

import type { Page } from '@playwright/test'
import { type Cost, CostMeter } from './support/cost-meter.ts'
import { type Measurement, median } from './support/measurement.ts'
import { playerButton, trackTitle, withSkeinPage } from './support/skein-page.ts'

const roundCount = 7
/** Milliseconds from the start of a song to the measurement. */
const settleTime = 1_000

/** What the Threads panel costs while a song plays: the same page alternately with the panel open and closed. */
export async function measurePanel(): Promise<readonly Measurement[]> {
  return await withSkeinPage(
    { count: 4 * roundCount, seconds: 300 },
    () => {},
    async ({ page, browser }) => {
      await page.setViewportSize({ width: 1280, height: 800 })
      await trackTitle(page, 1).dblclick()
      await page.getByRole('status', { name: 'Now playing' }).getByText('Tone 0001').waitFor()
      const meter = await CostMeter.attach(page, browser)
      const open: Cost[] = []
      const closed: Cost[] = []
      for (let round = 0; round <= roundCount; round++) {
        const without = await measureSong(page, meter)
        await togglePanel(page, true)
        const withPanel = await measureSong(page, meter)
        await togglePanel(page, false)
        // The first round loads the panel's code.
        if (round === 0) continue
        closed.push(without)
        open.push(withPanel)
      }
      return createMeasurements(open, closed)
    },
  )
}

/** Measures after a song has started, while what the threads did for it moves through the timeline. */
async function measureSong(page: Page, meter: CostMeter): Promise<Cost> {
  await playerButton(page, 'Next').click()
  await page.waitForTimeout(settleTime)
  return await meter.measure()
}

function createMeasurements(open: readonly Cost[], closed: readonly Cost[]): readonly Measurement[] {
  const medianOf = (costs: readonly Cost[], name: keyof Cost) => median(costs.map((cost) => cost[name]))
  const frames = { value: medianOf(open, 'frames'), peer: medianOf(closed, 'frames') }
  const ratio = frames.value / frames.peer
  const share = (name: 'processor' | 'mainThread') => {
    const value = medianOf(open, name)
    const peer = medianOf(closed, name)
    return { value, peer, ratio: value / peer, aim: 'value − peer < 3', met: value - peer < 3 }
  }
  return [
    {
      name: 'panel-frames',
      ...frames,
      unit: 'frames/s',
      ratio,
      aim: 'value / peer > 0.97',
      met: ratio > 0.97,
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

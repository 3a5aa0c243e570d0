/** Compares known waits in a real process of threads with what the panel shows. */
import type { Page } from '@playwright/test'
import { makeTones } from '../fixtures/make-libraries.ts'
import { LabPage } from './support/lab-page.ts'
import { expect, test } from './support/skein-fixture.ts'

/** What a row shows in one frame, and the state of its thread in memory. Times are ms since 1970. */
interface RowSample {
  readonly at: number
  /** How often a timer of a frame's length has fired. */
  readonly ticks: number
  readonly shown: string
  readonly state: string
  readonly since: number
}

const holdTime = 1000

test('a wait for a lock is shown from the following frame on, for its whole duration', async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 1, seconds: 1 })
  const { page } = await openSkein({ folder })
  const lab = new LabPage(page)
  await lab.open('Lock')
  await lab.setNumber('Time the lock is held (ms)', holdTime)
  // The first run loads the code of the threads and the panel.
  await lab.run()
  await lab.result()
  await recordRowSamples(page, 'asker')
  await lab.run()
  // The row of the previous run may still exist; its thread has ended, too.
  await expect
    .poll(async () => {
      const shown = (await readRowSamples(page)).map((sample) => sample.shown)
      const blockedAt = shown.findIndex((text) => text.startsWith('Blocked'))
      return blockedAt >= 0 && shown.slice(blockedAt).some((text) => text.startsWith('Terminated'))
    })
    .toBe(true)
  const samples = await readRowSamples(page)
  const first = samples.findIndex(({ shown }) => shown.startsWith('Blocked'))
  const last = samples.findLastIndex(({ shown }) => shown.startsWith('Blocked'))
  const blocked = samples.slice(first, last + 1)
  const [held, ...released] = new Set(blocked.map(({ shown }) => shown))
  expect(held).toBe('Blocked Lock lock acquire holder')
  // On a busy machine the lock is free for a while before the asker runs.
  for (const shown of released) expect(shown).toMatch(/^Blocked Lock lock acquire/)

  // The state was in memory at most one frame before the row showed it.
  const begin = samples.find(({ state }) => state === 'Blocked')?.since ?? 0
  const before = samples.findLastIndex(({ at }) => at <= begin)
  expect(stepsBetween(samples, before, first)).toBeLessThanOrEqual(maxStepsToShow)
  const end = samples.slice(first).find(({ state }) => state !== 'Blocked')?.since ?? Number.POSITIVE_INFINITY
  const ended = samples.findLastIndex(({ at }) => at <= end)
  expect(stepsBetween(samples, ended, last)).toBeLessThanOrEqual(maxStepsToShow)
  expect(end - begin).toBeGreaterThan(holdTime * 0.5)
})

/**
 * A change after the start of a frame is painted by the next sample, so it is visible in the second frame at the latest.
 * This test sees it one frame later, because it reads the row before the panel takes its sample.
 */
const maxStepsToShow = 3

/** The panel takes a sample per frame while threads are busy, else per tick of its timer. A busy machine delays either. */
const stepsBetween = (samples: readonly RowSample[], from: number, to: number): number =>
  Math.min(to - from, (samples[to]?.ticks ?? 0) - (samples[from]?.ticks ?? 0))

interface SampledWindow {
  rowSamples?: RowSample[]
}

/** Records in every frame from now on what the row of a Lab thread shows and its state in memory. */
async function recordRowSamples(page: Page, thread: string): Promise<void> {
  await page.evaluate((name) => {
    const samples: RowSample[] = []
    ;(window as SampledWindow).rowSamples = samples
    let ticks = 0
    setTimeout(function tick() {
      ticks++
      setTimeout(tick, 1000 / 60)
    })
    const region = () => document.querySelector('section[aria-label="Threads of the Lab"]')
    requestAnimationFrame(function frame() {
      requestAnimationFrame(frame)
      const rows = [...(region()?.querySelectorAll('tbody tr') ?? [])]
      const row = rows.find((candidate) => candidate.querySelector('td')?.textContent === name)
      const process = [...document.querySelectorAll('iframe')].map((frame) => frame.contentWindow?.lab)[0]
      const view = process?.sample().threads.findLast((candidate) => candidate.name === name)
      const cells = [...(row?.querySelectorAll('td') ?? [])].slice(1, 4)
      samples.push({
        at: performance.timeOrigin + performance.now(),
        ticks,
        shown: cells.map((cell) => cell.textContent?.trim()).join(' '),
        state: view?.state ?? '',
        since: view?.since ?? 0,
      })
    })
  }, thread)
}

const readRowSamples = (page: Page): Promise<readonly RowSample[]> =>
  page.evaluate(() => (window as SampledWindow).rowSamples ?? [])

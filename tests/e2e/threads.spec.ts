import type { Page, Worker } from '@playwright/test'
import type { HostEvent } from '../../shared/host-api.ts'
import { median } from '../bench/support/measurement.ts'
import { makeMixedLibrary } from '../fixtures/make-libraries.ts'
import { awaitFrames, measureFrames, openEmptyPage } from './support/frame-timing.ts'
import { openSongs } from './support/open-songs.ts'
import { expect, type Skein, test } from './support/skein-fixture.ts'
import { readPlayingSound } from './support/sound-probe.ts'
import { ThreadsPanel } from './support/threads-panel.ts'
import { nowPlaying, playFirst, trackRow } from './support/tone-library.ts'

const playerThreads = ['input', 'playback', 'selector'] as const

const playerRegion = (page: Page) => page.getByRole('region', { name: 'Player', exact: true })

const clickPause = (page: Page) =>
  playerRegion(page).getByRole('button', { name: 'Pause', exact: true }).click()

test('an idle player shows every thread of both processes with what it waits on', async ({
  openSkein,
  temporaryFolder,
}) => {
  const { panel } = await openSongs(openSkein, temporaryFolder('music'))
  await panel.open()

  await panel.expectThread('Player', 'input', { state: 'Waiting', waitingOn: /^Queue inputs get$/ })
  await panel.expectThread('Player', 'playback', { state: 'Waiting', waitingOn: /^Queue commands get$/ })
  await panel.expectThread('Player', 'selector', { state: 'Waiting', waitingOn: /^Event playing wait$/ })
  await panel.expectThread('Player', 'main', {
    state: 'Runnable',
    waitingOn: /^Queue answers \+\d async$/,
  })
  await panel.expectThread('Host', 'main', { state: 'Runnable', waitingOn: /^Queue \w+ \+\d+ async$/ })
  for (const name of ['scan-1', 'scan-2']) {
    await panel.expectThread('Host', name, { state: 'Waiting', waitingOn: /^Queue files get$/ })
  }
  await panel.expectObject('Player', 'Queue inputs', '0')
  await panel.expectObject('Player', 'Event playing', 'clear')
  await panel.expectObject('Player', 'Condition upNext', 'free')
  await panel.expectObject('Host', 'Queue files', '0 / 32')
})

test('the panel opens and closes by its shortcut', async ({ openSkein, temporaryFolder }) => {
  const { page, panel } = await openSongs(openSkein, temporaryFolder('music'))
  await page.keyboard.press('ControlOrMeta+Shift+KeyT')
  await expect(panel.grid).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Shift+KeyT')
  await expect(panel.region).toBeHidden()
})

test('while a song plays, playback waits with a timeout and the selector waits for room in the plan', async ({
  openSkein,
  temporaryFolder,
}) => {
  const { page, panel } = await openSongs(openSkein, temporaryFolder('music'))
  await panel.open()
  await playFirst(page)

  await panel.expectThread('Player', 'playback', {
    state: 'Timed waiting',
    waitingOn: /^Queue commands get$/,
  })
  await panel.expectThread('Player', 'selector', { state: 'Waiting', waitingOn: /^Condition upNext wait$/ })
  await panel.expectThread('Player', 'input', { state: 'Waiting', waitingOn: /^Queue inputs get$/ })
  await panel.expectObject('Player', 'Event playing', 'set')

  await clickPause(page)
  await panel.expectThread('Player', 'playback', { state: 'Waiting', waitingOn: /^Queue commands get$/ })
  await panel.expectThread('Player', 'selector', { state: 'Waiting', waitingOn: /^Condition upNext wait$/ })
  await panel.expectObject('Player', 'Event playing', 'clear')
})

test('a scan fills the queue of files, and the scan threads read', async ({ openSkein, temporaryFolder }) => {
  const folder = temporaryFolder('music')
  makeMixedLibrary(folder, 1_000)
  const { page } = await openSkein({ folder })
  const panel = new ThreadsPanel(page)
  const rescan = page.getByRole('button', { name: 'Rescan' })
  // The button is enabled before the first scan, too.
  await expect(page.getByText('1,000 tracks', { exact: true })).toBeVisible()
  await expect(rescan).toBeEnabled()
  await panel.open()
  await panel.expectThread('Host', 'scan-1', { state: 'Waiting', waitingOn: /^Queue files get$/ })

  const depth = await panel.objectValue('Host', 'Queue files').elementHandle()
  const state = await panel.rows('Host', 'scan-1').first().getByRole('gridcell').nth(1).elementHandle()
  const becomes = (cell: typeof depth, words: string) =>
    page.waitForFunction(
      ([element, text]) => new RegExp(text).test(element?.textContent ?? ''),
      [cell, words] as const,
      { polling: 'raf' },
    )
  let isSeen = false
  const seen = Promise.all([becomes(depth, '^[1-9]\\d* / 32$'), becomes(state, '^Runnable$')]).then(() => {
    isSeen = true
  })
  // The panel shows samples: a fast scan can empty the queue between two of them, so it is repeated until one shows it.
  await expect
    .poll(async () => {
      if (!isSeen && (await rescan.isEnabled())) await rescan.click()
      return isSeen
    })
    .toBe(true)
  await seen
  await panel.expectThread('Host', 'scan-1', { state: 'Waiting', waitingOn: /^Queue files get$/ })
  await panel.expectObject('Host', 'Queue files', '0 / 32')
})

for (const { name, replaced } of [
  { name: 'playback', replaced: { state: 'Timed waiting', waitingOn: /^Queue commands get$/ } },
  { name: 'selector', replaced: { state: 'Waiting', waitingOn: /^Condition upNext wait$/ } },
  { name: 'input', replaced: { state: 'Waiting', waitingOn: /^Queue inputs get$/ } },
  // It waits in its event loop.
  { name: 'decoder', replaced: { state: 'Runnable', waitingOn: /^Queue decoding/ } },
] as const) {
  test(`${name} is replaced after it was ended, and the song plays on`, async ({
    openSkein,
    temporaryFolder,
  }) => {
    const { page, panel } = await openSongs(openSkein, temporaryFolder('music'))
    await playFirst(page)
    await panel.open()
    const before = await readPlayingSound(page)

    await panel.endThread(name)
    await expect(panel.rows('Player', name)).toHaveCount(2)
    await panel.expectThread('Player', name, { state: 'Terminated', waitingOn: /ended from outside/ }, 1)
    await panel.expectThread('Player', name, replaced)

    // The song plays on without silence, and its clock and the window's advance.
    const now = await readPlayingSound(page)
    expect(now).toMatchObject({ address: before?.address, starts: before?.starts })
    expect(now?.position).toBeGreaterThan(before?.position ?? 0)
    await expect
      .poll(async () => (await readPlayingSound(page))?.position ?? 0)
      .toBeGreaterThan((now?.position ?? 0) + 0.5)
    expect((await readPlayingSound(page))?.starts).toBe(before?.starts)
    await expect(nowPlaying(page)).toContainText('Tone 0001')

    await playerRegion(page).getByRole('button', { name: 'Next', exact: true }).click()
    await expect(nowPlaying(page)).toContainText('Tone 0002')
    await expect.poll(async () => (await readPlayingSound(page))?.address ?? '').not.toBe(before?.address)
    await expect.poll(async () => (await readPlayingSound(page))?.position ?? 0).toBeGreaterThan(0)
    await clickPause(page)
    await expect.poll(() => readPlayingSound(page)).toBeUndefined()
    await panel.expectThread('Player', 'playback', { state: 'Waiting', waitingOn: /^Queue commands get$/ })
  })
}

test('search works after the thread input was ended and replaced', async ({ openSkein, temporaryFolder }) => {
  const { page, panel } = await openSongs(openSkein, temporaryFolder('music'))
  await panel.open()
  await panel.endThread('input')
  await expect(panel.rows('Player', 'input')).toHaveCount(2)
  await page.getByRole('searchbox', { name: 'Search library' }).fill('Tone 0003')
  await expect(trackRow(page, 'Tone 0003')).toBeVisible()
  await expect(trackRow(page, 'Tone 0001')).toBeHidden()
})

test('the timeline moves while following and stops while frozen', async ({ openSkein, temporaryFolder }) => {
  const { page, panel } = await openSongs(openSkein, temporaryFolder('music'))
  await panel.open()
  await playFirst(page)
  const first = await panel.captureCanvas()
  await expect.poll(() => panel.captureCanvas()).not.toBe(first)

  await panel.region.getByRole('button', { name: 'Freeze' }).click()
  await expect(panel.region.getByText(/^Frozen at /)).toBeVisible()
  await awaitFrames(page, 2)
  const frozen = await panel.captureCanvas()
  await awaitFrames(page, 30)
  expect(await panel.captureCanvas()).toBe(frozen)

  await panel.region.getByRole('button', { name: 'Follow' }).click()
  await expect.poll(() => panel.captureCanvas()).not.toBe(frozen)
})

test('the host sends its threads only while the panel is open', async ({ openSkein, temporaryFolder }) => {
  const skein = await openSongs(openSkein, temporaryFolder('music'))
  const { page, panel } = skein
  const readCounts = await countEvents(skein)
  await panel.open()
  await panel.expectThread('Host', 'scan-1', { state: 'Waiting', waitingOn: /^Queue files get$/ })
  await rescan(page, readCounts)
  await expect.poll(async () => (await readCounts()).threads).toBeGreaterThan(1)

  await panel.close()
  // By the end of a later scan, the host has received that no page watches.
  await rescan(page, readCounts)
  const { threads } = await readCounts()
  for (let scan = 0; scan < 3; scan++) await rescan(page, readCounts)
  expect((await readCounts()).threads).toBe(threads)
})

test('the window draws as many frames as an empty page while its threads are blocked', async ({
  openSkein,
  temporaryFolder,
}) => {
  const skein = await openSongs(openSkein, temporaryFolder('music'))
  const { page, panel } = skein
  const workers = page.workers()
  expect(workers.length).toBeGreaterThanOrEqual(playerThreads.length)
  const empty = await openEmptyPage(skein)
  const control = await startIdleWorker(page)

  let answers = 0
  for (const worker of workers) {
    worker
      .evaluate(() => undefined)
      .then(
        () => answers++,
        () => undefined,
      )
  }
  const began = Date.now()
  const own: number[] = []
  const bare: number[] = []
  for (let round = 0; round < 5; round++) {
    bare.push(await measureFrames(empty))
    own.push(await measureFrames(page))
  }
  const measured = Date.now() - began
  // A blocked worker runs no task, not even its debugger's. These are the threads' workers and the spare
  // ones, without those of decoder and analyzer, which wait in their event loops.
  expect(await control.evaluate(() => 'awake')).toBe('awake')
  expect([1, 2]).toContain(answers)

  expect(median(bare) / median(own)).toBeGreaterThanOrEqual(0.8)
  await empty.close()
  await page.bringToFront()
  await panel.open()
  for (const name of playerThreads) {
    await panel.expectThread('Player', name, { state: 'Waiting', waitingOn: /^(Queue|Event) / })
    // The panel shows whole seconds from ten on, and updates them once a second.
    expect(await panel.readSince('Player', name)).toBeGreaterThan(measured - 2_000)
  }
})

/** Another worker with the same code that serves no threads: it waits for messages and is not blocked. */
async function startIdleWorker(page: Page): Promise<Worker> {
  const address = page.workers()[0]?.url() ?? ''
  const started = page.waitForEvent('worker')
  await page.evaluate((url) => {
    Object.assign(window, { control: new Worker(url, { type: 'module' }) })
  }, address)
  return await started
}

/** The events that the host has sent to the page since the count began. */
interface HostEventCounts {
  readonly threads: number
  readonly endsOfScans: number
}

/** Scans the library again to the end, which changes the states of the host's threads. */
async function rescan(page: Page, readCounts: () => Promise<HostEventCounts>): Promise<void> {
  const { endsOfScans } = await readCounts()
  await page.getByRole('button', { name: 'Rescan' }).click()
  await expect.poll(async () => (await readCounts()).endsOfScans).toBeGreaterThan(endsOfScans)
}

/** Counts the events that the host sends to its page from now on. */
async function countEvents({ page, application }: Skein): Promise<() => Promise<HostEventCounts>> {
  if (application) {
    await application.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (!contents) throw new Error('There is no window')
      const send = contents.send.bind(contents)
      const counts = { threads: 0, endsOfScans: 0 }
      Object.assign(globalThis, { counts })
      contents.send = (channel: string, event: HostEvent) => {
        if (event.kind === 'threads') counts.threads++
        if (event.kind === 'scan' && !event.progress.running) counts.endsOfScans++
        send(channel, event)
      }
    })
    return () => application.evaluate(() => (globalThis as unknown as { counts: HostEventCounts }).counts)
  }
  const counts = { threads: 0, endsOfScans: 0 }
  const session = await page.context().newCDPSession(page)
  session.on('Network.eventSourceMessageReceived', ({ data }) => {
    const event: HostEvent = JSON.parse(data)
    if (event.kind === 'threads') counts.threads++
    if (event.kind === 'scan' && !event.progress.running) counts.endsOfScans++
  })
  await session.send('Network.enable')
  return async () => ({ ...counts })
}

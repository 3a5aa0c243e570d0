import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import { checkFtrace } from '../renderer/threads-view/fixtures/ftrace-checker.ts'
import { findTraceProblems } from '../renderer/threads-view/fixtures/trace-checker.ts'
import { openSongs, type SkeinWithPanel } from './support/open-songs.ts'
import { expect, type OpenSkein, test } from './support/skein-fixture.ts'
import { playFirst } from './support/tone-library.ts'

interface RecorderPage extends SkeinWithPanel {
  readonly moment: Locator
  button(name: string): Locator
}

async function openRecorder(openSkein: OpenSkein, folder: string): Promise<RecorderPage> {
  const skein = await openSongs(openSkein, folder, { count: 3, seconds: 60 })
  const { panel } = skein
  return {
    ...skein,
    moment: panel.region.getByRole('slider', { name: 'Moment' }),
    button: (name) => panel.region.getByRole('button', { name, exact: true }),
  }
}

/** Exports the trace and returns the saved file. */
async function exportTrace({ application, page, panel }: RecorderPage, folder: string): Promise<string> {
  const file = join(folder, 'trace.json')
  if (application) {
    await application.evaluate(({ session }, path) => {
      session.defaultSession.once('will-download', (_event, item) => item.setSavePath(path))
    }, file)
    await panel.chooseFromMenu('Export trace…')
    await expect(panel.region.getByText(/^Saved skein-threads-.*\.json\.$/)).toBeVisible()
    await expect.poll(() => readIfPresent(file)).toMatch(/\]\}\n$/)
  } else {
    const download = page.waitForEvent('download')
    await panel.chooseFromMenu('Export trace…')
    const saved = await download
    expect(saved.suggestedFilename()).toMatch(/^skein-threads-[\dT-]+\.json$/)
    await saved.saveAs(file)
  }
  return file
}

function readIfPresent(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

interface TraceEntry {
  readonly ph: string
  readonly name: string
  readonly cat?: string
  readonly args: Record<string, unknown>
}

test('the moment slider shows what happened while the panel was closed', async ({
  openSkein,
  temporaryFolder,
}) => {
  const recorder = await openRecorder(openSkein, temporaryFolder('music'))
  const { page, panel, moment, button } = recorder
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeEnabled()
  // The recorder's code is loaded after the window's own; when the panel is open, it is loaded.
  await panel.open()
  await panel.expectObject('Player', 'Event playing', 'clear')
  await panel.close()
  await playFirst(page)
  await panel.open()
  await panel.expectObject('Player', 'Event playing', 'set')

  await button('Freeze').click()
  await moment.focus()
  await page.keyboard.press('Home')
  await panel.expectObject('Player', 'Event playing', 'clear')
  // At the oldest moment the threads may have only just started.
  await expect
    .poll(async () => {
      await page.keyboard.press('ArrowRight')
      return await panel.rows('Player', 'selector').first().getByRole('gridcell').nth(2).innerText()
    })
    .toMatch(/^Event playing\s+wait$/)
  await panel.expectObject('Player', 'Event playing', 'clear')
  await expect(button('Follow')).toBeVisible()

  await page.keyboard.press('End')
  await panel.expectObject('Player', 'Event playing', 'set')
  await button('Follow').click()
  await expect(moment).toBeHidden()
  await expect(button('Freeze')).toBeVisible()
})

test('keys move the moment by 100 ms, and with Shift by 1 s', async ({ openSkein, temporaryFolder }) => {
  const { page, panel, moment, button } = await openRecorder(openSkein, temporaryFolder('music'))
  await panel.open()
  // Waits until there is a past to return to.
  await expect
    .poll(async () => {
      await button('Freeze').click()
      await moment.focus()
      await page.keyboard.press('Home')
      const oldest = Number(await moment.inputValue())
      await button('Follow').click()
      return oldest
    })
    .toBeLessThan(-2500)
  await button('Freeze').click()
  await moment.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(moment).toHaveValue('-100')
  await page.keyboard.press('ArrowDown')
  await expect(moment).toHaveValue('-200')
  await page.keyboard.press('Shift+ArrowLeft')
  await expect(moment).toHaveValue('-1200')
  await page.keyboard.press('ArrowRight')
  await expect(moment).toHaveValue('-1100')
  await expect(moment).toHaveAttribute(
    'aria-valuetext',
    /^\d\d:\d\d:\d\d\.\d{3}, 1\.1 s before it was frozen$/,
  )
  await page.keyboard.press('End')
  await expect(moment).toHaveValue('0')
  await moment.fill('-2000')
  await expect(moment).toHaveValue('-2000')
})

test('the exported trace is valid and contains what the threads did', async ({
  openSkein,
  temporaryFolder,
}) => {
  const recorder = await openRecorder(openSkein, temporaryFolder('music'))
  await playFirst(recorder.page)
  await recorder.panel.open()
  await recorder.panel.expectThread('Host', 'scan-1', { state: 'Waiting', waitingOn: /^Queue files get$/ })
  const trace = JSON.parse(readFileSync(await exportTrace(recorder, temporaryFolder('trace')), 'utf8'))
  expect(findTraceProblems(trace)).toEqual([])
  expect(checkFtrace(trace.systemTraceEvents).problems).toEqual([])
  const events: TraceEntry[] = trace.traceEvents
  const names = new Set(events.map(({ name }) => name))
  for (const name of ['wait Queue commands', 'put Queue inputs', 'wait Event playing', 'set Event playing'])
    expect(names, name).toContain(name)
  const threads = events.filter(({ name }) => name === 'thread_name').map(({ args }) => args.name)
  expect(threads).toEqual(expect.arrayContaining(['main', 'input', 'playback', 'selector', 'scan-1']))
  expect(events.some(({ ph, name }) => ph === 'C' && name === 'Queue commands')).toBe(true)
})

test('an exported trace can be opened, and shows each of its moments', {
  tag: '@host',
}, async ({ openSkein, temporaryFolder }) => {
  const recorder = await openRecorder(openSkein, temporaryFolder('music'))
  const { page, panel, moment, button } = recorder
  await panel.open()
  await panel.expectObject('Player', 'Event playing', 'clear')
  const file = await exportTrace(recorder, temporaryFolder('trace'))
  await playFirst(page)
  await panel.expectObject('Player', 'Event playing', 'set')

  const choosing = page.waitForEvent('filechooser')
  await panel.chooseFromMenu('Open trace…')
  await (await choosing).setFiles(file)
  await expect(panel.region.getByText('File trace.json')).toBeVisible()
  await panel.expectObject('Player', 'Event playing', 'clear')
  await panel.expectThread('Player', 'input', { state: 'Waiting', waitingOn: /^Queue inputs get$/ })
  await moment.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(moment).toHaveAttribute('aria-valuetext', /before its end$/)
  // Imported and exported again, it contains the same events.
  const again = await exportTrace(recorder, temporaryFolder('again'))
  expect(readTraceEvents(again)).toEqual(readTraceEvents(file))

  await button('Back to live').click()
  await panel.expectObject('Player', 'Event playing', 'set')
})

/** Returns every event of a trace that the recording is read from, sorted by their content. */
function readTraceEvents(file: string): string[] {
  const events: (TraceEntry & { pid: number })[] = JSON.parse(readFileSync(file, 'utf8')).traceEvents
  return events
    .filter(({ cat, ph }) => cat === 'state' || cat === 'act' || (cat === 'wake' && ph === 's'))
    .map(({ cat, pid, args }) => JSON.stringify([cat, pid, args]))
    .sort()
}

test('a file that is not a trace is rejected with one sentence, and the threads stay', async ({
  openSkein,
  temporaryFolder,
}) => {
  const { panel } = await openRecorder(openSkein, temporaryFolder('music'))
  await panel.open()
  await panel.region.getByLabel('Trace file').setInputFiles({
    name: 'list.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"tracks":[]}'),
  })
  await expect(panel.region.getByText(/^list\.json is not a trace that Skein exported/)).toBeVisible()
  await panel.expectThread('Player', 'input', { state: 'Waiting', waitingOn: /^Queue inputs get$/ })
})

test('the dump of all threads is copied as text', { tag: '@host' }, async ({
  openSkein,
  temporaryFolder,
  host,
}) => {
  const { page, panel, application } = await openRecorder(openSkein, temporaryFolder('music'))
  if (host === 'web') await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await panel.open()
  await panel.expectThread('Host', 'scan-1', { state: 'Waiting', waitingOn: /^Queue files get$/ })
  await panel.chooseFromMenu('Copy dump')
  await expect(panel.region.getByText('The dump is on the clipboard.')).toBeVisible()
  const text = application
    ? await application.evaluate(({ clipboard }) => clipboard.readText())
    : await page.evaluate(() => navigator.clipboard.readText())
  expect(text).toMatch(/^Skein thread dump, /)
  expect(text).toMatch(/\nProcess player: \d+ threads\n/)
  expect(text).toMatch(/\n"input" #\d+.*\n {4}Waiting for .* in get of Queue inputs\n/)
  expect(text).toMatch(/\nProcess host: \d+ threads\n/)
  expect(text).toMatch(/\n"scan-1" #\d+.*\n {4}Waiting for .* in get of Queue files\n/)
})

test('the panel shows what it costs', async ({ openSkein, temporaryFolder }) => {
  const { panel } = await openRecorder(openSkein, temporaryFolder('music'))
  await panel.open()
  await panel.openPopover('More')
  await expect(panel.region.getByText(/^\d+(\.\d)? % of time · \d+\.\d MB/)).toBeVisible()
})

import { setTimeout as delay } from 'node:timers/promises'
import { type Browser, chromium, type Page } from '@playwright/test'
import { findChromium } from '../../../scripts/find-chromium.ts'
import { isRoot } from '../../../scripts/system.ts'
import { m } from '../../../shared/i18n/messages.js'
import { HostProcess, processMemory } from './host-process.ts'
import { installProbe } from './page-probe.ts'

/** The window with a library that the host knows already. */
export interface LibraryWindow {
  readonly page: Page
  readonly browser: Browser
  /** Milliseconds from the start of the host's process until the library can be scrolled. */
  readonly startTime: number
}

const viewport = { width: 1280, height: 800 }

/** Starts host and page, waits for a library of `tracks`, runs `measure`, and closes both. */
export async function withWindow<Result>(
  library: { readonly folder: string; readonly dataFolder: string; readonly tracks: number },
  measure: (window: LibraryWindow) => Promise<Result>,
): Promise<Result> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('Chromium is not installed: npm test installs it.')
  const browser = await chromium.launch({ executablePath, chromiumSandbox: !isRoot })
  let host: HostProcess | undefined
  try {
    const page = await browser.newPage({ viewport })
    page.setDefaultTimeout(120_000)
    await page.addInitScript(installProbe)
    const begin = Date.now()
    host = await HostProcess.start(library.folder, library.dataFolder)
    await page.goto(host.address)
    const ready = await page.evaluate((mark) => window.probe.waitFor(...mark), readyMark(library.tracks))
    return await measure({ page, browser, startTime: ready - begin })
  } finally {
    await browser.close()
    await host?.end()
  }
}

/** All tracks are in the list and a row is drawn; an empty library offers another folder. */
const readyMark = (tracks: number): readonly [selector: string, text: string] =>
  tracks === 0
    ? ['main button', m.library_choose_another_folder()]
    : [
        `[role=grid][aria-label="${m.library_tracks()}"][aria-rowcount="${tracks + 1}"] [role=gridcell] [title]`,
        '',
      ]

const searchField = `input[aria-label="${m.library_search_library()}"]`

/** Types words letter by letter and returns the times until their results are in the document. */
export async function typeWords({ page }: LibraryWindow, words: readonly string[]): Promise<number[]> {
  const times: number[] = []
  const field = page.locator(searchField)
  for (const word of words.filter(isOnKeyboard)) {
    await field.fill('')
    await page.evaluate(() => window.probe.timeUntilQuiet(() => {}))
    for (const letter of word) {
      const key = await page.evaluateHandle(() => window.probe.watchKey())
      await page.keyboard.press(letter)
      times.push(await key.evaluate((watched) => watched.read()))
    }
  }
  await field.fill('')
  return times
}

/** Playwright's keyboard has no other letters. */
const isOnKeyboard = (word: string): boolean => /^[ -~]+$/.test(word)

/** Searches `count` times without waiting for more than a frame each. */
export async function searchRepeatedly(
  { page }: LibraryWindow,
  words: readonly string[],
  count: number,
): Promise<void> {
  await page.evaluate(
    async ([selector, queries, times]) => {
      const field = document.querySelector<HTMLInputElement>(selector)
      const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
      for (let index = 0; index < times; index++) {
        setter?.call(field, queries[index % queries.length] ?? '')
        field?.dispatchEvent(new Event('input', { bubbles: true }))
        await new Promise((resolve) => requestAnimationFrame(resolve))
      }
      setter?.call(field, '')
      field?.dispatchEvent(new Event('input', { bubbles: true }))
    },
    [searchField, words, count] as const,
  )
  await page.evaluate(() => window.probe.timeUntilQuiet(() => {}))
}

/** Scrolls the list from top to bottom, or only waits, and returns the longest distance of two frames. */
export async function longestFrame(
  { page }: LibraryWindow,
  options: { readonly milliseconds: number; readonly scroll: boolean },
): Promise<number> {
  return await page.evaluate(({ milliseconds, scroll }) => {
    const scrollers = [...document.querySelectorAll('main *')]
      .filter(({ clientHeight, scrollHeight }) => clientHeight > 100 && scrollHeight > clientHeight + 1)
      .sort((one, other) => other.scrollHeight - one.scrollHeight)
    if (scroll && scrollers.length === 0) throw new Error('The list cannot be scrolled.')
    return window.probe.longestFrame(scroll ? scrollers[0] : undefined, milliseconds)
  }, options)
}

/** Switches through the library's tabs and the window's views, and returns the time of each switch by its name. */
export async function switchViews({ page }: LibraryWindow): Promise<ReadonlyMap<string, number>> {
  const navigation = page.getByRole('navigation', { name: 'Main' })
  const links = ['Up next', 'Library'].map((name) => [name, navigation.getByRole('link', { name })] as const)
  const tabs = ['Albums', 'Artists', 'Genres', 'Years', 'Folders', 'Tracks'].map(
    (name) => [name, page.getByRole('tab', { name })] as const,
  )
  const times = new Map<string, number>()
  for (const [name, target] of [...links, ...tabs]) {
    if ((await target.count()) !== 1) continue
    times.set(
      name,
      await target.evaluate((element) => window.probe.timeUntilQuiet(() => (element as HTMLElement).click())),
    )
  }
  return times
}

/** Returns the memory of the page's process after a garbage collection, in megabytes. */
export async function pageMemory({ page, browser }: LibraryWindow): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.detach()
  await delay(500)
  const browserSession = await browser.newBrowserCDPSession()
  const { processInfo } = await browserSession.send('SystemInfo.getProcessInfo')
  await browserSession.detach()
  const renderers = processInfo.filter(({ type }) => type === 'renderer')
  return Math.max(...renderers.map(({ id }) => processMemory(id)))
}

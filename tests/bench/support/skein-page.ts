import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { findChromium } from '../../../scripts/find-chromium.ts'
import { isRoot } from '../../../scripts/system.ts'
import { makeTones } from '../../fixtures/make-libraries.ts'

const webHost = fileURLToPath(new URL('../../../out/main/web-host.js', import.meta.url))

export interface SkeinPage {
  readonly page: Page
  readonly browser: Browser
}

/**
 * Starts the built web host with a library of `count` tones of `seconds` each and opens its page in Chromium, runs
 * `measure`, and closes both. `prepare` runs in the page before its own code.
 */
export async function withSkeinPage<Result>(
  library: { readonly count: number; readonly seconds: number },
  prepare: () => void,
  measure: (skein: SkeinPage) => Promise<Result>,
): Promise<Result> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('Chromium is not installed: npm test installs it.')
  const folder = mkdtempSync(join(tmpdir(), 'skein-bench-'))
  const music = join(folder, 'music')
  makeTones(music, library)
  const host = startHost(music, join(folder, 'data'))
  let browser: Browser | undefined
  try {
    const address = await awaitPrintedAddress(host)
    browser = await chromium.launch({ executablePath, chromiumSandbox: !isRoot })
    // Tall enough to show all rows of the library.
    const page = await browser.newPage({ viewport: { width: 1280, height: 2_600 } })
    page.setDefaultTimeout(20_000)
    await page.addInitScript(prepare)
    await page.goto(address)
    await page.locator(`[role=grid][aria-label=Tracks][aria-rowcount="${library.count + 1}"]`).waitFor()
    return await measure({ page, browser })
  } finally {
    await browser?.close()
    const ended = host.exitCode === null ? once(host, 'exit') : undefined
    host.kill()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Finds the title of a track in the grid by its number, from 1. */
export function trackTitle(page: Page, number: number) {
  const title = `Tone ${String(number).padStart(4, '0')}`
  return page.getByRole('grid', { name: 'Tracks' }).getByText(title, { exact: true })
}

export function playerButton(page: Page, name: string) {
  return page.getByRole('region', { name: 'Player', exact: true }).getByRole('button', { name, exact: true })
}

function startHost(music: string, dataFolder: string): ChildProcess {
  return spawn(process.execPath, [webHost, '--port', '0', music], {
    env: { ...process.env, SKEIN_DATA_DIR: dataFolder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

async function awaitPrintedAddress(host: ChildProcess): Promise<string> {
  const exit = once(host, 'exit').then(() => {
    throw new Error('The web host exited before it printed its address.')
  })
  const address = new Promise<string>((resolve) => {
    let text = ''
    host.stdout?.on('data', (part: Buffer) => {
      text += part.toString()
      const line = /^(http:\/\/\S+)\n/m.exec(text)?.[1]
      if (line !== undefined) resolve(line)
    })
  })
  return await Promise.race([address, exit])
}

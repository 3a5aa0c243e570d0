import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Locator, type Page } from '@playwright/test'
import { findChromium } from '../../../scripts/find-chromium.ts'
import { isRoot } from '../../../scripts/system.ts'
import { HostProcess } from '../library/host-process.ts'

export interface AudiblePage {
  readonly page: Page
  readonly browser: Browser
  readonly host: HostProcess
  /** Returns the host's address of a song's file. */
  readonly addressOf: (title: string) => string
}

export interface AudiblePageOptions {
  readonly music: string
  readonly tracks: number
  /** Where Chromium plays to; without it, its sound goes nowhere. */
  readonly environment?: NodeJS.ProcessEnv | undefined
  /** Adds to the page what measures it, before its own code runs. */
  readonly prepare?: (page: Page) => Promise<void>
}

/** Starts the built web host with a folder, opens its page in a Chromium that makes sound, and runs `measure`. */
export async function withAudiblePage<Result>(
  { music, tracks, environment, prepare }: AudiblePageOptions,
  measure: (sound: AudiblePage) => Promise<Result>,
): Promise<Result> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('Chromium is not installed: npm test installs it.')
  const data = mkdtempSync(join(tmpdir(), 'skein-bench-data-'))
  const host = await HostProcess.start(music, data)
  let browser: Browser | undefined
  try {
    browser = await chromium.launch({
      executablePath,
      chromiumSandbox: !isRoot,
      args: ['--autoplay-policy=no-user-gesture-required'],
      ...(environment === undefined
        ? {}
        : { ignoreDefaultArgs: ['--mute-audio'], env: asStrings(environment) }),
    })
    const page = await browser.newPage({ viewport: { width: 1280, height: 1600 }, bypassCSP: true })
    page.setDefaultTimeout(60_000)
    await prepare?.(page)
    await page.goto(host.address)
    await page.locator(`[role=grid][aria-label=Tracks][aria-rowcount="${tracks + 1}"]`).waitFor()
    const addresses = await host.mediaAddresses(tracks)
    const addressOf = (title: string): string => {
      const address = addresses.get(title)
      if (address === undefined) throw new Error(`The host has no song “${title}”.`)
      return address
    }
    return await measure({ page, browser, host, addressOf })
  } finally {
    await browser?.close()
    await host.end()
    rmSync(data, { recursive: true, force: true })
  }
}

export const track = (page: Page, title: string): Locator =>
  page.getByRole('grid', { name: 'Tracks' }).getByText(title, { exact: true })

/** Waits until the player shows this song. */
export const awaitSong = (page: Page, title: string): Promise<void> =>
  page.getByRole('status', { name: 'Now playing' }).getByText(title, { exact: true }).waitFor()

const asStrings = (environment: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )

/**
 * `npm run docs:images [-- albums]`: takes the pictures in docs/images from the built player with the demo album, and that of
 * the album view from invented albums; with `albums` only the latter.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from '@playwright/test'
import { LabPage } from '../tests/e2e/support/lab-page.ts'
import { PlayerWindow } from '../tests/e2e/support/player-window.ts'
import { ThreadsPanel } from '../tests/e2e/support/threads-panel.ts'
import { buildIfNeeded, webHostProgram } from './build.ts'
import { findChromium } from './find-chromium.ts'
import { writePictureLibrary } from './picture-library.ts'
import { isRoot } from './system.ts'

const imagesFolder = fileURLToPath(new URL('../docs/images', import.meta.url))
const viewport = { width: 1280, height: 800 }
/** Pixels of the picture for each pixel of the page, so that text is sharp where a reader enlarges it. */
const deviceScaleFactor = 2
/** Milliseconds between two songs, so that the timeline shows each change by itself. */
const timeBetweenSongs = 3_000

buildIfNeeded()
const data = mkdtempSync(join(tmpdir(), 'skein-images-'))
const hosts: ChildProcess[] = []
const executablePath = findChromium()
const browser = await chromium.launch({
  ...(executablePath !== undefined && { executablePath }),
  chromiumSandbox: !isRoot,
})
try {
  await takeAlbums()
  if (process.argv[2] !== 'albums') {
    const player = await openPlayer('demo')
    await playDemo(player)
    await takeLibrary(player)
    await takeThreads(player)
    await takeLab(player.page)
  }
} finally {
  await browser.close()
  for (const host of hosts) host.kill()
  rmSync(data, { recursive: true, force: true })
}

/** Opens a player with its own data folder, and a folder of music if there is one. */
async function openPlayer(name: string, ...folder: readonly string[]): Promise<PlayerWindow> {
  const host = spawn(process.execPath, [fileURLToPath(webHostProgram), '--port', '0', ...folder], {
    env: { ...process.env, SKEIN_DATA_DIR: join(data, name) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  hosts.push(host)
  const page = await browser.newPage({ viewport, deviceScaleFactor, colorScheme: 'dark' })
  await page.goto(await readAddress(host))
  return new PlayerWindow({ page })
}

/** The grid of albums, while a song of one plays. */
async function takeAlbums(): Promise<void> {
  const folder = join(data, 'Music')
  writePictureLibrary(folder)
  const player = await openPlayer('albums', folder)
  const { page } = player
  await player.row('Quiet Machines 1').dblclick()
  await player.expectMoving()
  await page.getByRole('tab', { name: 'Albums' }).click()
  const covers = page.getByRole('grid', { name: 'Albums' }).locator('img')
  await covers.last().waitFor()
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
  await take(page, 'albums')
  await page.close()
}

/** Resolves with the address that the web host prints alone on one line. */
async function readAddress({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('The web host has no standard output.')
  for await (const line of createInterface({ input: stdout })) if (line.startsWith('http://')) return line
  throw new Error('The web host ended before it printed its address.')
}

async function playDemo(player: PlayerWindow): Promise<void> {
  await player.button('Play the demo album').click()
  await player.expectMoving()
}

/** The library, with the docked panel below it. */
async function takeLibrary(player: PlayerWindow): Promise<void> {
  await new ThreadsPanel(player.page).open()
  await changeSongs(player)
  await take(player.page, 'library')
}

/** The panel in full size, with the details of a thread. */
async function takeThreads(player: PlayerWindow): Promise<void> {
  const panel = new ThreadsPanel(player.page)
  await panel.region.getByRole('button', { name: 'Full size' }).click()
  await panel.rows('Player', 'playback').first().getByRole('gridcell').first().click()
  await changeSongs(player)
  await take(player.page, 'threads-full')
  await panel.close()
}

/** Fills the timeline. The album is long enough for two calls. */
async function changeSongs(player: PlayerWindow): Promise<void> {
  for (let count = 0; count < 2; count++) {
    await player.next()
    await player.page.waitForTimeout(timeBetweenSongs)
  }
}

/** The outcome of the Lab's page about interference, and its program. */
async function takeLab(page: Page): Promise<void> {
  const lab = new LabPage(page)
  await lab.open('Interference')
  await lab.run()
  await lab.result()
  await lab.outcome.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  await take(page, 'lab-interference')
}

/** Takes a picture without the pointer and the focus. */
async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0)
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  await page.screenshot({ path: join(imagesFolder, `${name}.png`) })
  console.log(`docs/images/${name}.png`)
}

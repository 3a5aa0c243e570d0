import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium } from '../../../scripts/find-chromium.ts'
import { isRoot } from '../../../scripts/system.ts'
import type { TrackDetails } from '../../../shared/library/track-details.ts'

const details: TrackDetails = {
  path: `/home/anna/Music/${'A very long name of a folder/'.repeat(6)}song.flac`,
  bytes: 3_214_567,
  modifiedAt: Date.UTC(2026, 0, 2, 3, 4),
  codec: 'FLAC',
  duration: 215.4,
  bitrate: 812_345,
  sampleRate: 44_100,
  channels: 2,
  bits: 16,
  pictures: [{ type: 'image/jpeg', width: 1000, height: 1000, bytes: 123_456 }],
  warnings: ['The end of the file is missing: copy or download it again.'],
  tags: [
    {
      format: 'Vorbis comments',
      fields: [
        { name: 'TITLE', values: ['A long way'] },
        { name: 'ARTIST', values: ['First', 'Second'] },
        { name: 'LYRICS', values: ['One line\nanother line'] },
        { name: 'A_VERY_LONG_NAME_OF_A_FIELD_THAT_SOMEBODY_MADE_UP', values: ['x'.repeat(300)] },
      ],
      leftOut: 3,
    },
    { format: 'ID3v1', fields: [{ name: 'title', values: ['A long way'] }], leftOut: 0 },
  ],
}

let browser: Browser
let script: string
let style: string

beforeAll(async () => {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      rollupOptions: { input: fileURLToPath(new URL('dialog-page-entry.tsx', import.meta.url)) },
    },
  })
  const [built] = [result].flat()
  if (built === undefined || !('output' in built)) throw new Error('The page was not built.')
  script = built.output[0].code
  style = built.output.flatMap((file) => (file.type === 'asset' ? [String(file.source)] : [])).join('\n')
  const executablePath = findChromium()
  browser = await chromium.launch({ ...(executablePath && { executablePath }), chromiumSandbox: !isRoot })
}, 60_000)
afterAll(async () => await browser.close())

interface Look {
  readonly width: number
  readonly height: number
  readonly colorScheme: 'dark' | 'light'
}

async function openDialog(reply: TrackDetails | string, look: Partial<Look> = {}): Promise<Page> {
  const { width = 1280, height = 800, colorScheme = 'dark' } = look
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: 'en' })
  const page = await context.newPage()
  await page.setContent('<!doctype html><html lang="en"><title>Skein</title><body></body></html>')
  await page.addStyleTag({ content: style })
  await page.evaluate((value) => {
    Object.assign(window, { reply: value })
  }, reply)
  await page.addScriptTag({ content: script, type: 'module' })
  await page.getByRole('button', { name: 'Open' }).press('Enter')
  return page
}

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Properties' })

describe('the dialog Properties', () => {
  test('shows the file, the sound, the pictures, the warnings and every tag', async () => {
    const page = await openDialog(details)
    const dialog = dialogOf(page)
    await dialog.getByRole('heading', { name: 'ID3v1' }).waitFor()
    const facts = await dialog
      .locator('dl > div')
      .evaluateAll((rows) =>
        rows.map((row) => [row.querySelector('dt')?.textContent, row.querySelector('dd')?.textContent]),
      )
    expect(Object.fromEntries(facts)).toMatchObject({
      Path: details.path,
      Size: '3.2 MB',
      Codec: 'FLAC',
      Duration: '3:35',
      Bitrate: '812 kbit/s',
      'Sample rate': '44,100 Hz',
      Channels: '2',
      'Bits of a sample': '16',
      TITLE: 'A long way',
      ARTIST: 'First\nSecond',
      LYRICS: 'One line\nanother line',
    })
    const text = await dialog.innerText()
    expect(text).toContain('JPEG, 1000 × 1000, 123.5 kB')
    expect(text).toContain('The end of the file is missing')
    expect(text).toContain('3 more fields are not listed.')
    await dialog.getByRole('button', { name: 'Close' }).last().press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await page.context().close()
  })

  test('shows why a file cannot be read, and that it has no tags', async () => {
    const failed = await openDialog('The file no longer exists.')
    await dialogOf(failed).getByText('The file no longer exists.').waitFor()
    await failed.context().close()
    const empty = await openDialog({ ...details, tags: [], pictures: [], warnings: [] })
    await dialogOf(empty).getByText('The file has no tags.').waitFor()
    await empty.context().close()
  })

  test.each<Look>([
    { width: 1280, height: 800, colorScheme: 'dark' },
    { width: 1280, height: 800, colorScheme: 'light' },
    { width: 720, height: 480, colorScheme: 'dark' },
    { width: 720, height: 480, colorScheme: 'light' },
  ])('is accessible and fits at $width × $height in $colorScheme', async (look) => {
    const page = await openDialog(details, look)
    const dialog = dialogOf(page)
    await dialog.getByRole('heading', { name: 'ID3v1' }).waitFor()
    const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    const box = await dialog.boundingBox()
    expect(box && box.y >= 0 && box.y + box.height <= look.height && box.width <= look.width).toBe(true)
    const overflow = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    await page.context().close()
  })
})

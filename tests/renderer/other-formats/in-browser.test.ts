import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pageResponse } from '../../../electron/web/page-response.ts'
import { withSecurityHeaders } from '../../../electron/web/security-headers.ts'
import { findChromium } from '../../../scripts/find-chromium.ts'
import { isRoot } from '../../../scripts/system.ts'
import { programmeChannel, programmes } from '../../fixtures/programme.ts'
import { largestDifference, openFile, otherFormatFile, readRest } from './decoded-file.ts'
import type {} from './other-formats-page-entry.ts'

const folder = mkdtempSync(join(tmpdir(), 'skein-decoding-'))
let server: Server
let browser: Browser
let page: Page

/** A page with a worker, with the headers that the hosts send. */
beforeAll(async () => {
  await buildPage()
  server = createServer(async (request, response) => {
    const url = `http://host${request.url}`
    const { status, headers, body } = withSecurityHeaders(await pageResponse({ method: 'GET', url }, folder))
    response.writeHead(status, Object.fromEntries(headers))
    response.end(new Uint8Array(await new Response(body).arrayBuffer()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const executablePath = findChromium()
  browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), chromiumSandbox: !isRoot })
  page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}, 120_000)

afterAll(async () => {
  await browser.close()
  server.close()
  rmSync(folder, { recursive: true })
})

async function buildPage(): Promise<void> {
  const entry = fileURLToPath(new URL('other-formats-page-entry.ts', import.meta.url))
  await build({
    configFile: false,
    logLevel: 'error',
    base: './',
    worker: { format: 'es' },
    build: {
      outDir: folder,
      rollupOptions: { input: entry, output: { entryFileNames: 'entry.js' } },
    },
  })
  writeFileSync(join(folder, 'index.html'), '<!doctype html><script type="module" src="/entry.js"></script>')
}

async function decodeInPage(name: string): Promise<Float32Array[]> {
  const base64 = otherFormatFile(name).toString('base64')
  const { channels, error } = await page.evaluate((file) => window.decodeFile(file), base64)
  if (error !== undefined) throw new Error(error)
  return channels.map((samples) => Float32Array.from(samples))
}

describe('a worker of the page', () => {
  test.each(['alac-deep.m4a', 'wavpack-deep.wv'])('decodes %s exactly', async (name) => {
    const channels = await decodeInPage(name)
    expect(channels).toHaveLength(2)
    for (const [channel, samples] of channels.entries())
      expect(largestDifference(samples, programmeChannel(programmes.deep, channel))).toBe(0)
  })

  test.each(['musepack-stereo.mpc', 'wma-2.wma'])('decodes %s like Node.js', async (name) => {
    const { stream } = await openFile(otherFormatFile(name))
    const expected = await readRest(stream)
    for (const [channel, samples] of (await decodeInPage(name)).entries())
      expect(largestDifference(samples, expected[channel])).toBe(0)
  })
})

test('each decoder is in a script of its own', () => {
  const scripts = readdirSync(join(folder, 'assets')).join(' ')
  for (const name of ['alac-in-mp4', 'dsd-sound', 'musepack-sound', 'wavpack-sound', 'wma-sound'])
    expect(scripts).toContain(name)
})

test('the page itself may not compile WebAssembly', async () => {
  const compile = page.evaluate(() =>
    WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(String),
  )
  await expect(compile).rejects.toThrow(/Content Security Policy/)
})

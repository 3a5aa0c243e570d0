import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { findChromium } from '../../../scripts/find-chromium.ts'
import { isRoot } from '../../../scripts/system.ts'

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }

/** Builds the page in a folder with its own vite.config.js, and returns its text once it begins as given. */
export async function textInChromium(folder: string, beginning: string): Promise<string> {
  await build({
    root: folder,
    configFile: join(folder, 'vite.config.js'),
    logLevel: 'error',
    build: { target: 'esnext' },
  })
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const file = pathname === '/' ? '/index.html' : pathname
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp')
    try {
      const content = readFileSync(join(folder, 'dist', file))
      response.setHeader('Content-Type', types[extname(file)] ?? 'text/plain').end(content)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const executablePath = findChromium()
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    chromiumSandbox: !isRoot,
  })
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const text = page.locator('body', { hasText: beginning })
    await text.waitFor({ timeout: 30_000 })
    return (await text.innerText()).trim()
  } finally {
    await browser.close()
    server.close()
  }
}

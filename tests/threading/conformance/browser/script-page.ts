import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { isolationHeaders } from '../../../../electron/web/security-headers.ts'
import { findChromium } from '../../../../scripts/find-chromium.ts'
import { isRoot } from '../../../../scripts/system.ts'

const script = 'page.js'

/** A real Chromium with an empty page that runs a bundled script. It may make sound without a click. */
export class ScriptPage {
  readonly page: Page
  readonly #browser: Browser
  readonly #server: Server
  readonly #address: string

  private constructor(page: Page, browser: Browser, server: Server) {
    this.page = page
    this.#browser = browser
    this.#server = server
    this.#address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  }

  static async open(entry: string): Promise<ScriptPage> {
    const server = serve(await bundle(entry))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const executablePath = findChromium()
    const browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      args: ['--autoplay-policy=no-user-gesture-required'],
      chromiumSandbox: !isRoot,
    })
    return new ScriptPage(await browser.newPage(), browser, server)
  }

  /** Loads the page from the start. */
  async load(query = ''): Promise<void> {
    await this.page.goto(`${this.#address}?${query}`)
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

/** The page's script and the workers', by their paths. */
async function bundle(entry: string): Promise<ReadonlyMap<string, string>> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    base: './',
    worker: { format: 'es' },
    build: {
      write: false,
      minify: false,
      target: 'chrome130',
      rollupOptions: { input: entry, output: { entryFileNames: script } },
    },
  })
  const [built] = Array.isArray(result) ? result : [result]
  if (built === undefined || !('output' in built)) throw new Error('The page was not built.')
  return new Map(
    built.output.map((file) => [
      `/${file.fileName}`,
      file.type === 'chunk' ? file.code : Buffer.from(file.source).toString('utf8'),
    ]),
  )
}

function serve(scripts: ReadonlyMap<string, string>): Server {
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value)
    const found = scripts.get(pathname)
    if (found !== undefined) response.setHeader('Content-Type', 'text/javascript').end(found)
    else if (pathname === '/') {
      const page = `<!doctype html><title>Test</title><script type=module src=${script}></script>`
      response.setHeader('Content-Type', 'text/html').end(page)
    } else response.writeHead(404).end()
  })
}

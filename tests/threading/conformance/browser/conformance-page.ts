import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { isolationHeaders } from '../../../../electron/web/security-headers.ts'
import { findChromium } from '../../../../scripts/find-chromium.ts'
import { isRoot } from '../../../../scripts/system.ts'
import type {} from './browser-main.ts'

const script = 'page.js'

/** A real Chromium with a page that is a process of web workers, and can run every case. */
export class ConformancePage {
  readonly #page: Page
  readonly #browser: Browser
  readonly #server: Server
  readonly #address: string

  private constructor(page: Page, browser: Browser, server: Server) {
    this.#page = page
    this.#browser = browser
    this.#server = server
    this.#address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  }

  static async open(): Promise<ConformancePage> {
    const server = serve(await bundle())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const executablePath = findChromium()
    const browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      chromiumSandbox: !isRoot,
    })
    const page = await browser.newPage()
    return new ConformancePage(page, browser, server)
  }

  /** Starts a new process: the page from the start. */
  async startProcess(options: Readonly<Record<string, number>>): Promise<void> {
    const parameters = Object.entries(options).map(([key, value]) => `${key}=${value}`)
    await this.#page.goto(`${this.#address}?${parameters.join('&')}`)
    await this.#page.waitForFunction(() => 'runCase' in window)
  }

  /** What went wrong in words, undefined when nothing did. */
  runCase(suiteTitle: string, caseTitle: string): Promise<string | undefined> {
    return this.#page.evaluate(([suite, title]) => window.runCase(suite, title), [
      suiteTitle,
      caseTitle,
    ] as const)
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

/** The page's script and the workers', by their paths. */
async function bundle(): Promise<ReadonlyMap<string, string>> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    base: './',
    worker: { format: 'es' },
    build: {
      write: false,
      minify: false,
      target: 'chrome130',
      rollupOptions: {
        input: fileURLToPath(new URL('browser-main.ts', import.meta.url)),
        output: { entryFileNames: script },
      },
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
      const page = `<!doctype html><title>Conformance</title><script type=module src=${script}></script>`
      response.setHeader('Content-Type', 'text/html').end(page)
    } else response.writeHead(404).end()
  })
}

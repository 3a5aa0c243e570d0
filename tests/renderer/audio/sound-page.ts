import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { type Browser, type ConsoleMessage, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { mediaResponse } from '../../../electron/media/media-response.ts'
import { isolationHeaders } from '../../../electron/web/security-headers.ts'
import { findChromium } from '../../../scripts/find-chromium.ts'
import { isRoot } from '../../../scripts/system.ts'
import type { TrackId } from '../../../shared/library/track.ts'
import type { AudioReport, AudioRequest } from '../../../shared/player/messages.ts'
import type {} from './sound-page-entry.ts'

/** A real Chromium with a real sink, and a server that sends files by number, like the hosts. */
export class SoundPage {
  readonly page: Page
  /** The warnings and errors that the page wrote to its console. */
  readonly complaints: string[] = []
  readonly #browser: Browser
  readonly #close: () => void

  private constructor(browser: Browser, page: Page, close: () => void) {
    this.#browser = browser
    this.page = page
    this.#close = close
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'warning' || message.type() === 'error') this.complaints.push(message.text())
    })
  }

  /**
   * Track 1 is the first of `files`. With `start` the page may not play before a click: it tries to play that
   * track by itself, and opening resolves when it has reported the result.
   */
  static async open(
    files: readonly string[],
    { start, output = 'element' }: { start?: TrackId; output?: 'element' | 'engine' } = {},
  ): Promise<SoundPage> {
    const scripts = await bundle()
    const server = createServer((request, response) => void answer(request, response, files, scripts))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const executablePath = findChromium()
    const browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      chromiumSandbox: !isRoot,
      args: [
        `--autoplay-policy=${start === undefined ? 'no-user-gesture' : 'document-user-activation'}-required`,
      ],
    })
    const page = await browser.newPage()
    const opened = new SoundPage(browser, page, () => server.close())
    const names = files.map((file) => basename(file)).join(',')
    const reported = start === undefined ? undefined : page.waitForEvent('console', isReport)
    await page.goto(`http://127.0.0.1:${port}/?names=${names}&start=${start ?? ''}&output=${output}`)
    if (reported === undefined) await page.waitForFunction(() => window.sink !== undefined)
    else await reported
    return opened
  }

  async close(): Promise<void> {
    await this.#browser.close()
    this.#close()
  }

  async ask(...requests: AudioRequest[]): Promise<void> {
    await this.page.evaluate((list) => {
      for (const request of list) window.ask(request)
    }, requests)
  }

  async load(run: number, track: TrackId, { position = 0, play = true } = {}): Promise<void> {
    await this.ask({ kind: 'load', run, track, position, play })
  }

  /** Waits for a report of this kind and run and returns it. */
  async report<K extends AudioReport['kind']>(
    kind: K,
    run: number,
  ): Promise<Extract<AudioReport, { kind: K }>> {
    const handle = await this.page.waitForFunction(
      ([kind, run]) => window.reports.find((report) => report.kind === kind && report.run === run),
      [kind, run] as const,
      { polling: 10 },
    )
    return (await handle.jsonValue()) as Extract<AudioReport, { kind: K }>
  }

  /** Requests reports until one of this kind comes, and returns it. */
  async waitForStatus<K extends AudioReport['kind']>(
    kind: K,
    run: number,
    beyond = -1,
  ): Promise<Extract<AudioReport, { kind: K }>> {
    const handle = await this.page.waitForFunction(
      ([kind, run, beyond]) => {
        window.ask({ kind: 'report', run })
        const last = window.reports.at(-1)
        const far = last !== undefined && 'position' in last ? last.position > beyond : true
        return last?.kind === kind && last.run === run && far ? last : undefined
      },
      [kind, run, beyond] as const,
      { polling: 10 },
    )
    return (await handle.jsonValue()) as Extract<AudioReport, { kind: K }>
  }

  reports(): Promise<AudioReport[]> {
    return this.page.evaluate(() => window.reports)
  }

  async kinds(run: number): Promise<string[]> {
    return (await this.reports()).filter((report) => report.run === run).map((report) => report.kind)
  }

  /** Discards the previous reports. */
  async forget(): Promise<void> {
    await this.page.evaluate(() => {
      window.reports.length = 0
    })
  }
}

function isReport(message: ConsoleMessage): boolean {
  return /^run 1 (held|playing|failed)$/.test(message.text())
}

/** Returns the page's scripts by their file names. */
async function bundle(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    base: './',
    worker: { format: 'es' },
    build: {
      write: false,
      rollupOptions: {
        input: fileURLToPath(new URL('sound-page-entry.ts', import.meta.url)),
        output: { entryFileNames: 'page.js' },
      },
    },
  })
  const [output] = Array.isArray(result) ? result : [result]
  if (output === undefined || !('output' in output)) throw new Error('The page was not built.')
  return new Map(
    output.output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]),
  )
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  files: readonly string[],
  scripts: ReadonlyMap<string, string | Uint8Array>,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const script = scripts.get(url.pathname.slice(1))
  for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value)
  if (script !== undefined) response.setHeader('Content-Type', contentTypeOf(url.pathname)).end(script)
  else if (url.pathname.startsWith('/media/')) await sendTrack(request, response, url.href, files)
  else
    response
      .setHeader('Content-Type', 'text/html')
      .end('<button>Go</button><script type=module src=page.js></script>')
}

const contentTypeOf = (path: string): string =>
  path.endsWith('.wasm') ? 'application/wasm' : 'text/javascript'

/** Sends a track like the hosts. */
async function sendTrack(
  { method = 'GET', headers: { range } }: IncomingMessage,
  response: ServerResponse,
  url: string,
  files: readonly string[],
): Promise<void> {
  const asked = { method, url, headers: new Headers(range === undefined ? {} : { range }) }
  const library = { trackFile: (id: TrackId) => files[id - 1], cover: async () => undefined }
  const answer = await mediaResponse(asked, library)
  response.writeHead(answer?.status ?? 404, Object.fromEntries(answer?.headers ?? []))
  // A browser that has enough data closes the connection.
  if (answer?.body) await pipeline(answer.body, response).catch(() => undefined)
  else response.end()
}

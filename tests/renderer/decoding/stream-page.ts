import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { parseRange } from '../../../electron/media/byte-range.ts'
import { mediaResponse } from '../../../electron/media/media-response.ts'
import { findChromium } from '../../../scripts/find-chromium.ts'
import { isRoot } from '../../../scripts/system.ts'
import type { DecodedFile, DecodeOptions } from './stream-page-entry.ts'

/** A decoded file with its samples as numbers. */
export interface Decoded extends Omit<DecodedFile, 'channels'> {
  readonly channels: readonly Float32Array[]
}

/** A real Chromium that decodes files, which a server sends like the hosts. */
export class StreamPage {
  readonly #browser: Browser
  readonly #page: Page
  readonly #files: string[]
  readonly #close: () => void

  private constructor(browser: Browser, page: Page, files: string[], close: () => void) {
    this.#browser = browser
    this.#page = page
    this.#files = files
    this.#close = close
  }

  static async open(): Promise<StreamPage> {
    const script = await bundle()
    const files: string[] = []
    const server = createServer(async (request, response) => {
      if (request.url === '/page.js') return response.setHeader('Content-Type', 'text/javascript').end(script)
      if (request.url === '/')
        return response
          .setHeader('Content-Type', 'text/html')
          .end('<script type=module src=page.js></script>')
      const raw = /^\/raw\/(\d+)$/.exec(request.url ?? '')?.[1]
      if (raw !== undefined) return sendRaw(response, files[Number(raw) - 1] ?? '', request.headers.range)
      const headers = new Headers()
      for (const name of ['range', 'if-range']) {
        const value = request.headers[name]
        if (typeof value === 'string') headers.set(name, value)
      }
      const asked = { method: 'GET', url: `http://localhost${request.url}`, headers }
      const library = { trackFile: (id: number) => files[id - 1], cover: async () => undefined }
      const sent = await mediaResponse(asked, library)
      response.writeHead(sent?.status ?? 404, Object.fromEntries(sent?.headers ?? []))
      if (sent?.body) return await pipeline(sent.body, response).catch(() => undefined)
      return response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const executablePath = findChromium()
    const browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      chromiumSandbox: !isRoot,
    })
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${port}/`)
    await page.waitForFunction(() => window.decode !== undefined)
    return new StreamPage(browser, page, files, () => server.close())
  }

  async close(): Promise<void> {
    await this.#browser.close()
    this.#close()
  }

  /** Decodes a file. Throws what the stream throws. */
  async decode(file: string, options: DecodeOptions = {}): Promise<Decoded> {
    const result = await this.tryDecode(file, options)
    if (typeof result === 'string') throw new Error(result)
    return result
  }

  /** Opens a file, and returns a function that reads a range of its bytes in base64. */
  async openSource(file: string): Promise<(start: number, end: number) => Promise<string>> {
    const index = this.#files.push(file)
    await this.#page.evaluate((url) => window.openSource(url), `/media/${index}`)
    return async (start, end) =>
      await this.#page.evaluate(([start, end]) => window.readSource(start, end), [start, end] as const)
  }

  /** Resolves with the decoded file, or with the name and the reason of the error. */
  async tryDecode(file: string, options: DecodeOptions = {}): Promise<Decoded | string> {
    const index = this.#files.push(file)
    const kind = options.isRaw === true ? 'raw' : 'media'
    const result = await this.#page.evaluate(([url, options]) => window.decode(url, options), [
      `/${kind}/${index}`,
      options,
    ] as const)
    return typeof result === 'string' ? result : { ...result, channels: result.channels.map(decodeNumbers) }
  }
}

/** Sends a range of a file as it is. */
function sendRaw(response: ServerResponse, file: string, header: string | undefined): void {
  const bytes = readFileSync(file)
  const range = parseRange(header ?? null, bytes.length)
  if (typeof range === 'string') throw new Error(range)
  const { start, end } = range
  response.writeHead(206, { 'Content-Range': `bytes ${start}-${end}/${bytes.length}` })
  response.end(bytes.subarray(start, end + 1))
}

function decodeNumbers(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64')
  return new Float32Array(new Uint8Array(bytes).buffer)
}

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'chrome130',
      rollupOptions: {
        input: fileURLToPath(new URL('stream-page-entry.ts', import.meta.url)),
        output: { codeSplitting: false },
      },
    },
  })
  const [output] = Array.isArray(result) ? result : [result]
  if (output === undefined || !('output' in output)) throw new Error('The page was not built.')
  return output.output[0].code
}

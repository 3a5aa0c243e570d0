import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type HostEvent, isHostCallName } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import type { HostService } from '../host/host-service.ts'
import { pollThreads } from '../host/thread-polling.ts'
import { mediaResponse, textResponse } from '../media/media-response.ts'
import { pageResponse } from './page-response.ts'
import { withSecurityHeaders } from './security-headers.ts'
import { ViewBacklog } from './view-backlog.ts'

const loopbackAddress = '127.0.0.1'
/** Far more than the arguments of any call. */
const maxBodyBytes = 256 * 1024
/**
 * Bytes of a song in one response. A browser keeps a connection while its buffer is full, and has six connections for
 * all its pages together: a few pages with long songs would leave none for anything else.
 */
const maxMediaBytes = 2 * 1024 * 1024
/** Milliseconds between two heartbeats on an idle stream of events. */
const heartbeatInterval = 20_000

/** A page's stream of events. */
interface EventStream {
  readonly response: ServerResponse
  stopWatching: (() => void) | undefined
  /** Ends everything that writes to the response: a write after its end would fail. */
  readonly end: () => void
}

/**
 * The host for a plain browser: serves the page, its calls, events, tracks and covers over HTTP, on the loopback
 * interface only. Without the token a request gets nothing but the page's code. The page takes the token from its own
 * address and sends it with every request, so that no cookie carries it to other servers of this machine. The Host
 * header is checked, so that no foreign name can point here.
 */
export class WebHost {
  readonly #service: HostService
  readonly #pageFolder: string
  readonly #token = randomBytes(24).toString('base64url')
  readonly #server: Server
  readonly #streams = new Map<string, EventStream>()
  readonly #pollThreads: typeof pollThreads

  constructor(service: HostService, pageFolder: string, poll = pollThreads) {
    this.#service = service
    this.#pageFolder = pageFolder
    this.#pollThreads = poll
    this.#server = createServer((request, response) => void this.#handle(request, response))
  }

  /** Port 0 takes any free one. Resolves with the address to open; rejects if the port is not free. */
  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, loopbackAddress, resolve)
    })
    // The browser tries a connection again that could not be accepted, for example for lack of file handles.
    this.#server.on('error', (error) => console.error(`A browser's connection failed: ${error.message}`))
    return `http://${loopbackAddress}:${this.#port}/?token=${this.#token}`
  }

  async close(): Promise<void> {
    await new Promise((resolve) => {
      this.#server.close(resolve)
      this.#server.closeAllConnections()
    })
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#respond(request, response)
    } catch {
      // The browser left, or the file failed during the response: there is no one to report it to.
      response.destroy()
    }
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.#isOwnHost(request.headers.host))
      return await sendResponse(textResponse(403, m.host_web_other_machine()), response)
    const url = URL.parse(request.url ?? '/', `http://${loopbackAddress}:${this.#port}`)
    // A request for `//other/` names another host.
    if (url === null || url.port !== String(this.#port) || url.hostname !== loopbackAddress)
      return await sendResponse(textResponse(400, m.host_http_address()), response)
    // The page's code is no secret. A page that is loaded again is at `/index.html`: see `takeToken`.
    const needsToken = /^\/($|(api|media|cover)(\/|$))/.test(url.pathname)
    if (needsToken && !this.#hasToken(request, url)) {
      return await sendResponse(textResponse(403, m.host_web_token_missing()), response)
    }
    if (url.pathname === '/api/events') {
      if (request.method === 'GET') return this.#openStream(response, url)
      return await sendResponse(textResponse(405, m.host_http_events_method(), { Allow: 'GET' }), response)
    }
    const call = /^\/api\/call\/(\w+)$/.exec(url.pathname)?.[1]
    if (call !== undefined) return await sendResponse(await this.#call(call, request), response)
    const mediaRequest = {
      method: request.method ?? 'GET',
      url: url.href,
      headers: new Headers(rangeHeaders(request)),
    }
    const media = await mediaResponse(mediaRequest, this.#service.library, maxMediaBytes)
    await sendResponse(media ?? (await pageResponse(mediaRequest, this.#pageFolder)), response)
  }

  #isOwnHost(host: string | undefined): boolean {
    return host === `${loopbackAddress}:${this.#port}` || host === `localhost:${this.#port}`
  }

  #hasToken(request: IncomingMessage, url: URL): boolean {
    const received = Buffer.from(
      String(request.headers['x-skein-token'] ?? url.searchParams.get('token') ?? ''),
    )
    const token = Buffer.from(this.#token)
    return received.length === token.length && timingSafeEqual(received, token)
  }

  async #call(name: string, request: IncomingMessage): Promise<Response> {
    const { origin } = request.headers
    if (request.method !== 'POST') return textResponse(405, m.host_http_call_method(), { Allow: 'POST' })
    if (
      origin !== undefined &&
      !(origin.startsWith('http://') && this.#isOwnHost(origin.slice('http://'.length)))
    ) {
      return textResponse(403, m.host_http_call_origin())
    }
    if (!/^application\/json\s*(;|$)/.test(request.headers['content-type'] ?? '')) {
      return textResponse(415, m.host_http_call_type())
    }
    const body = await readBody(request)
    if (body === undefined) return textResponse(413, m.host_http_call_size(), { Connection: 'close' })
    let args: unknown
    try {
      args = JSON.parse(body)
    } catch {
      return textResponse(400, m.host_http_call_syntax())
    }
    if (name === 'watchThreads') return this.#watchThreads(String(request.headers['x-skein-page']), args)
    if (!isHostCallName(name)) return textResponse(404, m.host_http_call_unknown())
    return Response.json(await this.#service.call(name, args), { headers: { 'Cache-Control': 'no-store' } })
  }

  #openStream(response: ServerResponse, url: URL): void {
    const page = url.searchParams.get('page') ?? ''
    this.#streams.get(page)?.end()
    const { headers } = withSecurityHeaders(new Response(null))
    headers.set('Content-Type', 'text/event-stream')
    headers.set('Cache-Control', 'no-store')
    response.writeHead(200, Object.fromEntries(headers))
    response.flushHeaders()
    const unsubscribe = this.#service.events.subscribe((event) => writeEvent(response, event))
    const beat = setInterval(() => response.write(':\n\n'), heartbeatInterval)
    const stream: EventStream = {
      response,
      stopWatching: undefined,
      end: () => {
        clearInterval(beat)
        unsubscribe()
        stream.stopWatching?.()
        if (this.#streams.get(page) === stream) this.#streams.delete(page)
        response.end()
      },
    }
    this.#streams.set(page, stream)
    response.on('close', stream.end)
  }

  #watchThreads(page: string, args: unknown): Response {
    const stream = this.#streams.get(page)
    if (stream === undefined) return Response.json({ ok: false, message: m.host_page_without_events() })
    stream.stopWatching?.()
    stream.stopWatching = undefined
    if (Array.isArray(args) && args[0] === true) stream.stopWatching = this.#streamThreads(stream.response)
    return Response.json({ ok: true })
  }

  /** A slow page receives the newest view, with the events it missed, as soon as it takes more. */
  #streamThreads(response: ServerResponse): () => void {
    const backlog = new ViewBacklog()
    const send = () => {
      const view = response.writableNeedDrain ? undefined : backlog.take()
      if (view !== undefined) void writeEvent(response, { kind: 'threads', view })
    }
    const stop = this.#pollThreads((view) => {
      backlog.add(view)
      send()
    })
    response.on('drain', send)
    return () => {
      stop()
      response.off('drain', send)
    }
  }
}

/** Resolves when the browser has room for more. */
async function writeEvent(response: ServerResponse, event: HostEvent): Promise<void> {
  if (!response.write(`${formatEvent(event)}\n\n`)) await waitForDrain(response)
}

/**
 * The JSON of stored tracks is sent as it is, because the page's main thread does not parse it. Line breaks, which can only
 * be between its values, would end the line.
 */
function formatEvent(event: HostEvent): string {
  if (event.kind !== 'storedTracks') return `data: ${JSON.stringify(event)}`
  return `event: ${event.kind}\ndata: ${JSON.stringify(event.labels)}\ndata: ${event.text.replace(/[\r\n]/g, ' ')}`
}

async function sendResponse(result: Response, response: ServerResponse): Promise<void> {
  const { status, headers, body } = withSecurityHeaders(result)
  response.writeHead(status, Object.fromEntries(headers))
  const reader = body?.getReader()
  const cancel = () => void reader?.cancel().catch(() => undefined)
  response.once('close', cancel)
  // The browser may have left before there was a response; then there is no event.
  if (response.destroyed) cancel()
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    if (!response.write(part.value)) await waitForDrain(response)
  }
  response.end()
}

/** Resolves when the browser takes more, or has left. */
async function waitForDrain(response: ServerResponse): Promise<void> {
  if (response.destroyed) return
  await new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done)
      resolve()
    }
    response.on('drain', done).on('close', done)
  })
}

/** Undefined when it is too long. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBodyBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function rangeHeaders(request: IncomingMessage): Record<string, string> {
  const { range } = request.headers
  const ifRange = request.headers['if-range']
  return { ...(range && { range }), ...(typeof ifRange === 'string' && { 'if-range': ifRange }) }
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ProcessView } from '@skein/threading/inspect'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { HostService } from '../../../electron/host/host-service.ts'
import { pollThreads } from '../../../electron/host/thread-polling.ts'
import { WebHost } from '../../../electron/web/web-host.ts'
import { defaultSettings, type HostEvent } from '../../../shared/host-api.ts'
import { fixturesFolder, toneFiles } from '../../fixtures/fixture-files.ts'
import { event, process, thread } from '../../renderer/threads-view/fixtures/view-builders.ts'
import { until } from '../scratch.ts'
import { tracksOfEvent } from '../tracks-of-event.ts'

interface ReceivedResponse {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

let folder: string
let service: HostService
let host: WebHost
let port: string
let token: string
/** How the host polls its threads; a test replaces it. */
let poll = pollThreads

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'skein-web-host-'))
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true })
  mkdirSync(join(folder, 'page', 'lab'))
  writeFileSync(join(folder, 'page', 'lab', 'process.html'), '<title>The Lab’s threads</title>')
  writeFileSync(join(folder, 'page', 'index.html'), '<title>Skein</title>')
  writeFileSync(join(folder, 'page', 'assets', 'a.js'), 'export {}')
  writeFileSync(join(folder, 'secret.js'), 'the secret')
  service = new HostService({ data: join(folder, 'data') })
  host = new WebHost(service, join(folder, 'page'), (listener) => poll(listener))
  const address = new URL(await host.listen(0))
  port = address.port
  token = address.searchParams.get('token') ?? ''
  await service.start({ kind: 'open', paths: [join(fixturesFolder, 'tones')] })
  await service.library.settled()
})
afterAll(async () => {
  await host.close()
  await service.close()
  rmSync(folder, { recursive: true })
})

/** Sends a request with a path that nothing has normalized. */
function sendRequest(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
) {
  return new Promise<ReceivedResponse>((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

const withToken = (path: string) => `${path}?token=${token}`

function call(name: string, args: unknown, headers: Record<string, string> = {}): Promise<ReceivedResponse> {
  const usual = { 'Content-Type': 'application/json', 'X-Skein-Token': token }
  const body = typeof args === 'string' ? args : JSON.stringify(args)
  return sendRequest(`/api/call/${name}`, { method: 'POST', headers: { ...usual, ...headers }, body })
}

async function answerTo(name: string, ...args: unknown[]) {
  return JSON.parse(String((await call(name, args)).body))
}

const isEndOfScan = (event: HostEvent): boolean => event.kind === 'scan' && !event.progress.running

function parseEvent(part: string): HostEvent {
  const stored = part.match(/^event: storedTracks\ndata: (.*)\ndata: (.*)$/)
  if (stored === null) return JSON.parse(part.slice('data: '.length))
  return { kind: 'storedTracks', labels: JSON.parse(stored[1] ?? ''), text: stored[2] ?? '' }
}

/** Reads a page's stream of events until it is closed. */
function openStream(page: string) {
  const events: HostEvent[] = []
  let ended = false
  const request = httpRequest(
    { host: '127.0.0.1', port, path: `/api/events?token=${token}&page=${page}` },
    (response) => {
      let text = ''
      response.on('end', () => {
        ended = true
      })
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
        const parts = text.split('\n\n')
        text = parts.pop() ?? ''
        events.push(...parts.filter((part) => part !== ':').map(parseEvent))
      })
    },
  )
  request.on('error', () => undefined)
  request.end()
  return { events, ended: () => ended, leave: () => request.destroy() }
}

describe('access', () => {
  test('requires the complete token', async () => {
    const paths = ['/', '/media/1', '/cover/1', '/api/events', '/api/call/settings', '/api', '/media/nothing']
    for (const path of paths) {
      for (const wrong of ['', `?token=${token.slice(1)}`, '?token=', `?token=${'x'.repeat(token.length)}`]) {
        expect((await sendRequest(path + wrong)).status, path + wrong).toBe(403)
      }
    }
  })

  test('to the page’s code needs no token: a page that is loaded again has removed it from its address', async () => {
    const { status, body } = await sendRequest('/index.html')
    expect([status, String(body)]).toEqual([200, '<title>Skein</title>'])
  })

  test('to the events is by GET alone', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])
      expect((await sendRequest(`${withToken('/api/events')}&page=p`, { method })).status, method).toBe(405)
  })

  test('is denied through another name of this machine', async () => {
    for (const name of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `127.0.0.1.evil.example:${port}`,
    ]) {
      expect((await sendRequest(withToken('/'), { headers: { Host: name } })).status, name).toBe(403)
    }
    expect((await sendRequest(withToken('/'), { headers: { Host: `localhost:${port}` } })).status).toBe(200)
  })

  test('is denied to other pages, even with the token', async () => {
    for (const origin of [
      'https://evil.example',
      'null',
      `127.0.0.1:${port}`,
      `http://http://127.0.0.1:${port}`,
      `https://127.0.0.1:${port}`,
      'http://127.0.0.1:1',
    ]) {
      expect((await call('settings', [], { Origin: origin })).status, origin).toBe(403)
    }
    expect((await call('settings', [], { Origin: `http://127.0.0.1:${port}` })).status).toBe(200)
  })

  test('is limited to this machine: the server listens on the loopback address', async () => {
    const { networkInterfaces } = await import('node:os')
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
    for (const { address } of others) {
      const refused = new Promise((resolve) => {
        connect({ host: address, port: Number(port) })
          .on('connect', () => resolve(false))
          .on('error', () => resolve(true))
      })
      expect(await refused, address).toBe(true)
    }
  })
})

describe('the page', () => {
  test('is served cross-origin isolated and with a strict content policy', async () => {
    for (const path of [withToken('/'), '/assets/a.js', withToken('/media/1'), '/nothing']) {
      const { headers } = await sendRequest(path)
      // The policy of a script counts in workers only, which decode with WebAssembly.
      const scripts = path === '/assets/a.js' ? "'self' 'wasm-unsafe-eval'" : "'self'"
      expect(headers).toMatchObject({
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringContaining(`default-src 'none'; script-src ${scripts};`),
      })
    }
    expect((await sendRequest('/assets/a.js')).headers['content-type']).toBe('text/javascript; charset=utf-8')
  })

  test('may not be framed, except the page of the Lab’s process in a page of this host', async () => {
    const policyOf = async (path: string) =>
      (await sendRequest(path)).headers['content-security-policy'] ?? ''
    for (const path of [withToken('/'), '/assets/a.js', '/lab/nothing.html', withToken('/media/1')])
      expect(await policyOf(path), path).toContain("frame-ancestors 'none'")
    expect(await policyOf('/lab/process.html')).toContain("frame-ancestors 'self'")
    expect(await policyOf(withToken('/'))).toContain("frame-src 'self'")
    const { headers } = await sendRequest('/lab/process.html')
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp')
    expect(headers['cross-origin-resource-policy']).toBe('same-origin')
  })

  test('is all that is served: no path leaves its folder', async () => {
    const paths = [
      '/../secret.js',
      '/..%2fsecret.js',
      '/%2e%2e/secret.js',
      '/assets/../../secret.js',
      '/..%5csecret.js',
      '//secret.js',
      `/${folder}/secret.js`,
      '/%00',
      '/%',
      '/assets',
      '/assets/',
    ]
    for (const path of paths) {
      const { status, body } = await sendRequest(path)
      expect([400, 403, 404], path).toContain(status)
      expect(String(body)).not.toContain('the secret')
    }
  })
})

describe('a call', () => {
  test('returns the host’s value', async () => {
    expect(await answerTo('settings')).toEqual({ ok: true, value: defaultSettings })
    const settings = { ...defaultSettings, volume: 0.5 }
    expect(await answerTo('saveSettings', settings)).toEqual({ ok: true })
    expect(await answerTo('settings')).toEqual({ ok: true, value: settings })
  })

  test('with invalid arguments is answered with a sentence', async () => {
    const wrong: readonly (readonly [string, unknown])[] = [
      ['saveSettings', [{ ...defaultSettings, volume: 7 }]],
      ['saveSettings', [{ ...defaultSettings, more: true }]],
      ['saveSettings', []],
      ['openFolder', ['/etc']],
      ['openFolder', [1.5]],
      ['openFolder', [123456]],
      ['listFolders', [-1]],
      ['listFolders', [98765]],
      ['settings', [1]],
      ['settings', { length: 0 }],
      ['chooseFolder', []],
    ]
    for (const [name, args] of wrong) {
      const { ok, message } = JSON.parse(String((await call(name, args)).body))
      expect(ok, name).toBe(false)
      expect(message).toMatch(/^[A-Z].+\.$/)
    }
  })

  test('with an unknown name is rejected', async () => {
    expect((await call('constructor', [])).status).toBe(404)
    expect((await call('noSuchCall', [])).status).toBe(404)
    expect((await call('settings', '{')).status).toBe(400)
    expect((await call('settings', [], { 'Content-Type': 'text/plain' })).status).toBe(415)
    expect((await call('settings', [' '.repeat(300_000)])).status).toBe(413)
    expect((await call('settings', [], { 'Content-Type': 'application/json-evil' })).status).toBe(415)
    expect((await sendRequest(withToken('/api/call/settings'))).status).toBe(405)
  })

  test('opens a folder by its number in a listing', async () => {
    const { value: home } = await answerTo('listFolders')
    const { value: above } = await answerTo('listFolders', home.parent)
    expect(above.folders.map(({ id }: { id: number }) => id)).toContain(home.id)
    expect(await answerTo('openFolder', 424_242)).toMatchObject({ ok: false })
  })
})

describe('a stream of events', () => {
  test('contains the library, and its tracks play by number', async () => {
    const { events, leave } = openStream('one')
    await until(() => expect(events.some(isEndOfScan)).toBe(true))
    leave()
    const tracks = events.flatMap(tracksOfEvent)
    expect(tracks).toHaveLength(toneFiles.length)
    const song = tracks.find(({ cover }) => cover !== undefined)
    const sound = await sendRequest(withToken(`/media/${song?.id}`), { headers: { Range: 'bytes=0-99' } })
    expect([sound.status, sound.body.length]).toEqual([206, 100])
    const cover = await sendRequest(withToken(`/cover/${song?.cover}`))
    expect([cover.status, cover.headers['content-type']]).toEqual([200, 'image/jpeg'])
  })

  test('that a page opens again begins from the start, and ends the previous one', async () => {
    const previous = openStream('again')
    await until(() => expect(previous.events.at(-1)).toMatchObject({ kind: 'scan' }))
    const fresh = openStream('again')
    await until(() => expect(previous.ended()).toBe(true))
    service.events.publishFailure('Now.')
    await until(() => expect(fresh.events.at(-1)).toEqual({ kind: 'failure', message: 'Now.' }))
    expect(fresh.events[0]).toMatchObject({ kind: 'library' })
    expect(previous.events.at(-1)).toMatchObject({ kind: 'scan' })
    fresh.leave()
  })

  test('contains the threads while the page watches them, and only for that page', async () => {
    const watching = openStream('watching')
    const other = openStream('other')
    const threadsOf = ({ events }: { events: HostEvent[] }) =>
      events.flatMap((event) => (event.kind === 'threads' ? event.view.threads.map(({ name }) => name) : []))
    await until(() => expect(Math.min(watching.events.length, other.events.length)).toBeGreaterThan(0))
    await call('watchThreads', [true], { 'X-Skein-Page': 'watching' })
    await until(() =>
      expect(threadsOf(watching)).toEqual(expect.arrayContaining(['main', 'scan-1', 'scan-2'])),
    )
    expect(threadsOf(other)).toEqual([])
    watching.leave()
    other.leave()
  })

  test('sends a slow page the newest threads in the end, and all events', async () => {
    let publish: (view: ProcessView) => void = () => undefined
    poll = (listener) => {
      publish = listener
      return () => undefined
    }
    onTestFinished(() => {
      poll = pollThreads
    })
    const slow = openStream('slow')
    await until(() => expect(slow.events.length).toBeGreaterThan(0))
    await call('watchThreads', [true], { 'X-Skein-Page': 'slow' })
    // More than a stream buffers.
    const name = 'x'.repeat(1_000_000)
    for (let at = 1; at <= 20; at++)
      publish(process(at, { threads: [thread(1, name, { since: at })], events: [event(at, at, 'Waiting')] }))
    const views = () =>
      slow.events.flatMap((hostEvent) => (hostEvent.kind === 'threads' ? [hostEvent.view] : []))
    await until(() => expect(views().at(-1)).toMatchObject({ at: 20, threads: [{ since: 20 }] }))
    const sequences = views().flatMap(({ events }) => events.map(({ sequence }) => sequence))
    expect(sequences).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    expect(views().length).toBeLessThan(20)
    slow.leave()
  })
})

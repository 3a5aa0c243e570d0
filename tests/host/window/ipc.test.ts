import { EventEmitter } from 'node:events'
import type { IpcMain, WebContents } from 'electron'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { CallResult } from '../../../electron/host/host-calls.ts'
import { HostEvents } from '../../../electron/host/host-events.ts'
import { servePage } from '../../../electron/window/ipc.ts'
import { ipcChannels } from '../../../electron/window/ipc-channels.ts'
import { findPage } from '../../../electron/window/page-address.ts'
import type { HostEvent } from '../../../shared/host-api.ts'
import { until } from '../scratch.ts'

type Handler = (event: unknown, ...args: unknown[]) => unknown

/** A frame as far as the host checks it. */
interface FakeFrame {
  readonly url: string
  readonly parent: FakeFrame | null
}

class FakeContents extends EventEmitter {
  readonly received: HostEvent[] = []
  #isDestroyed = false

  send(channel: string, event: HostEvent): void {
    if (this.#isDestroyed) throw new Error('Object has been destroyed')
    expect(channel).toBe(ipcChannels.event)
    this.received.push(event)
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  destroy(): void {
    this.#isDestroyed = true
    this.emit('destroyed')
  }

  navigate(isMainFrame: boolean, isSameDocument: boolean): void {
    this.emit('did-start-navigation', { isMainFrame, isSameDocument })
  }
}

const page: FakeFrame = { url: 'skein://app/', parent: null }
const refused: CallResult = { ok: false, message: "Only Skein's own page can do this." }

let handlers: Map<string, Handler>
let events: HostEvents
let calls: unknown[]
let contents: FakeContents

beforeEach(() => {
  handlers = new Map()
  events = new HostEvents()
  calls = []
  contents = new FakeContents()
  const ipcMain: Pick<IpcMain, 'handle'> = {
    handle: (channel, handler) => void handlers.set(channel, handler as Handler),
  }
  const call = async (name: string, args: unknown): Promise<CallResult> => {
    calls.push([name, args])
    return { ok: true, value: 'done' }
  }
  servePage({ service: { call, events }, ipcMain, isPageAddress: findPage(true).isOwnAddress })
  // What still watches threads would go on to sample them.
  onTestFinished(() => void contents.emit('destroyed'))
})

async function invoke(
  channel: string,
  args: readonly unknown[] = [],
  senderFrame: FakeFrame | null = page,
): Promise<unknown> {
  const handler = handlers.get(channel)
  if (handler === undefined) throw new Error(`Nothing handles ${channel}`)
  return await handler({ sender: contents as unknown as WebContents, senderFrame }, ...args)
}

const receivedKinds = () => contents.received.map(({ kind }) => kind)

test('a page reaches three channels, and none by which it could send events', () => {
  expect([...handlers.keys()].sort()).toEqual(
    [ipcChannels.call, ipcChannels.subscribe, ipcChannels.watchThreads].sort(),
  )
})

describe("a sender that is not the window's page", () => {
  test.each<[string, FakeFrame | null]>([
    ['of another site', { url: 'https://example.org/', parent: null }],
    ['of a file', { url: 'file:///etc/passwd', parent: null }],
    ['of a blank page', { url: 'about:blank', parent: null }],
    ['of a host that begins like the page’s', { url: 'skein://app.example.org/', parent: null }],
    ['of another host of the scheme', { url: 'skein://tracks/', parent: null }],
    ['of a page with the address in its query', { url: 'https://example.org/?skein://app/', parent: null }],
    ['of a frame in the page', { url: 'skein://app/', parent: page }],
    ['that has left its frame', null],
  ])('(%s) is refused on every channel', async (_kind, frame) => {
    expect(await invoke(ipcChannels.call, ['settings', []], frame)).toEqual(refused)
    expect(await invoke(ipcChannels.subscribe, [], frame)).toEqual(refused)
    expect(await invoke(ipcChannels.watchThreads, [true], frame)).toEqual(refused)
    events.publish({ kind: 'about' })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect([calls, contents.received]).toEqual([[], []])
  })
})

describe('a call', () => {
  test('of the page is passed on with its arguments, which the service checks', async () => {
    for (const args of [[], [1], 'no list', undefined]) {
      expect(await invoke(ipcChannels.call, ['listFolders', args])).toEqual({ ok: true, value: 'done' })
      expect(calls.pop()).toEqual(['listFolders', args])
    }
  })

  test('from an address below the page is passed on', async () => {
    const frame = { url: 'skein://app/index.html#lab', parent: null }
    expect(await invoke(ipcChannels.call, ['settings', []], frame)).toEqual({ ok: true, value: 'done' })
  })

  test.each([
    undefined,
    null,
    7,
    '',
    'quit',
    'subscribe',
    'constructor',
    '__proto__',
    'toString',
    ['settings'],
    { name: 'settings' },
  ])('with the name %j is refused', async (name) => {
    expect(await invoke(ipcChannels.call, [name, []])).toEqual(refused)
    expect(calls).toEqual([])
  })
})

describe('the events', () => {
  test('reach a page that has subscribed, once each, even if it subscribes again', async () => {
    await invoke(ipcChannels.subscribe)
    await invoke(ipcChannels.subscribe)
    events.publish({ kind: 'about' })
    await until(() => expect(receivedKinds()).toEqual(['library', 'about', 'scan']))
  })

  test.each<[string, () => void]>([
    ['is loaded again', () => contents.navigate(true, false)],
    ['is closed', () => contents.destroy()],
  ])('end when the page %s', async (_end, end) => {
    await invoke(ipcChannels.subscribe)
    await until(() => expect(receivedKinds()).toContain('scan'))
    const before = contents.received.length
    end()
    events.publish({ kind: 'about' })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(contents.received).toHaveLength(before)
  })

  test.each<[string, () => void]>([
    ['goes to another part of itself', () => contents.navigate(true, true)],
    ['loads a frame', () => contents.navigate(false, false)],
  ])('go on when the page %s', async (_move, move) => {
    await invoke(ipcChannels.subscribe)
    move()
    events.publish({ kind: 'about' })
    await until(() => expect(receivedKinds()).toContain('about'))
  })
})

describe("the host's threads", () => {
  test('are sent while the page watches them, and not any more afterwards', async () => {
    await invoke(ipcChannels.watchThreads, [true])
    await until(() => expect(receivedKinds()).toContain('threads'))
    await invoke(ipcChannels.watchThreads, [false])
    const before = contents.received.length
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(contents.received).toHaveLength(before)
  })

  test.each([undefined, null, 1, 'true', {}, []])('are not sent for %j', async (on) => {
    await invoke(ipcChannels.watchThreads, [on])
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(contents.received).toEqual([])
  })
})

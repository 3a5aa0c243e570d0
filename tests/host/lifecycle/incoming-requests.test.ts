import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { LaunchRequest } from '../../../electron/host/launch-request.ts'
import { forwardIncomingRequests } from '../../../electron/lifecycle/incoming-requests.ts'
import { asApp, FakeApp, FakeEvent } from '../fake-app.ts'

let app: FakeApp
let requests: LaunchRequest[]
let focusCount: number

beforeEach(() => {
  app = new FakeApp()
  requests = []
  focusCount = 0
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  forwardIncomingRequests({
    app: asApp(app),
    launchRequests: { run: (request) => void requests.push(request) },
    focusWindow: () => void focusCount++,
  })
})

const handOver = (data: unknown) => app.emit('second-instance', new FakeEvent(), [], '/', data)

function openFile(path: string): FakeEvent {
  const event = new FakeEvent()
  app.emit('open-file', event, path)
  return event
}

describe('another start', () => {
  test.each<LaunchRequest>([{ kind: 'show' }, { kind: 'open', paths: ['/a.mp3'] }])(
    'that asks for %j runs here, and the window comes to the front',
    (request) => {
      handOver(request)
      expect(requests).toEqual([request])
      expect(focusCount).toBe(1)
    },
  )

  test.each<LaunchRequest>([
    { kind: 'enqueue', paths: ['/a.mp3'] },
    { kind: 'command', command: 'next' },
  ])('that asks for %j runs here and leaves the window where it is', (request) => {
    handOver(request)
    expect(requests).toEqual([request])
    expect(focusCount).toBe(0)
  })

  test.each([
    undefined,
    null,
    {},
    'show',
    { kind: 'quit' },
    { kind: 'open' },
    { kind: 'open', paths: [''] },
    { kind: 'open', paths: '/a.mp3' },
    { kind: 'open', paths: [7] },
    { kind: 'command', command: 'format' },
    { kind: 'show', paths: ['/a.mp3'] },
    { file: 7 },
  ])('that sends %j only shows the window', (data) => {
    handOver(data)
    expect(requests).toEqual([{ kind: 'show' }])
    expect(focusCount).toBe(1)
  })

  test('runs after those before it, in their sequence', () => {
    handOver({ kind: 'enqueue', paths: ['/1.mp3'] })
    handOver({ kind: 'enqueue', paths: ['/2.mp3'] })
    handOver({ kind: 'command', command: 'next' })
    expect(requests).toEqual([
      { kind: 'enqueue', paths: ['/1.mp3'] },
      { kind: 'enqueue', paths: ['/2.mp3'] },
      { kind: 'command', command: 'next' },
    ])
  })
})

describe('files that macOS opens with Skein', () => {
  test('are one request if they are opened together, and not opened by the system too', () => {
    const events = ['/1.mp3', '/2.mp3', '/3.mp3'].map(openFile)
    expect(requests).toEqual([])
    vi.advanceTimersByTime(100)
    expect(requests).toEqual([{ kind: 'open', paths: ['/1.mp3', '/2.mp3', '/3.mp3'] }])
    expect(events.map(({ defaultPrevented }) => defaultPrevented)).toEqual([true, true, true])
  })

  test('are two requests if they are opened one after the other', () => {
    openFile('/1.mp3')
    vi.advanceTimersByTime(100)
    openFile('/2.mp3')
    vi.advanceTimersByTime(100)
    expect(requests).toEqual([
      { kind: 'open', paths: ['/1.mp3'] },
      { kind: 'open', paths: ['/2.mp3'] },
    ])
  })
})

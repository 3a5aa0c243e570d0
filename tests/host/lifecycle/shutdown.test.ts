import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { Shutdown, type ShutdownWindow } from '../../../electron/lifecycle/shutdown.ts'
import { openLog } from '../../../electron/storage/log.ts'
import { asApp, FakeApp, FakeEvent } from '../fake-app.ts'
import { scratchFolder } from '../scratch.ts'

/** Milliseconds after which a shutdown that hangs ends the process. */
const exitTimeout = 2_700

class FakeWindow extends EventEmitter {
  #isDestroyed = false

  destroy(): void {
    this.#isDestroyed = true
    steps.push('destroy the window')
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }
}

let steps: string[]
/** Whether the threads had ended, at each end of the process. */
let ends: boolean[]
/** What happens in a step, instead of nothing. */
let actions: Partial<Record<'bounds' | 'save' | 'close', () => void | Promise<void>>>
let app: FakeApp
let signals: EventEmitter
let powerMonitor: EventEmitter
let shutdown: Shutdown
let window: FakeWindow

beforeEach(() => {
  steps = []
  ends = []
  actions = {}
  app = new FakeApp()
  signals = new EventEmitter()
  powerMonitor = new EventEmitter()
  window = new FakeWindow()
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  shutdown = new Shutdown({
    app: asApp(app),
    process: signals,
    powerMonitor: powerMonitor as unknown as Electron.PowerMonitor,
    service: {
      requestFinalSave: async (timeout) => {
        steps.push(`let the page save within ${timeout} ms`)
        await actions.save?.()
      },
      close: async () => {
        steps.push('close the service')
        await actions.close?.()
        return true
      },
    },
    end: (haveThreadsEnded) => {
      ends.push(haveThreadsEnded)
      app.exit(0)
    },
  })
})

function attachWindow(): void {
  shutdown.attachWindow(window as unknown as ShutdownWindow, () => {
    steps.push('save the bounds')
    actions.bounds?.()
  })
}

/** Runs what is due now, without a timeout. */
const settle = () => vi.advanceTimersByTimeAsync(0)

const allSteps = [
  'save the bounds',
  'let the page save within 1500 ms',
  'destroy the window',
  'close the service',
]

describe('a shutdown', () => {
  test('saves the bounds and the page, destroys the window, closes the service and exits', async () => {
    attachWindow()
    shutdown.begin('a test')
    expect(shutdown.hasBegun).toBe(true)
    await settle()
    expect(steps).toEqual(allSteps)
    expect(app.exitCodes).toEqual([0])
  })

  test('before there is a window only closes the service', async () => {
    shutdown.begin('a test')
    await settle()
    expect(steps).toEqual(['close the service'])
    expect(app.exitCodes).toEqual([0])
  })

  test('after the window is gone only closes the service', async () => {
    attachWindow()
    window.destroy()
    steps = []
    shutdown.begin('a test')
    await settle()
    expect(steps).toEqual(['close the service'])
  })

  test('lets the window exist until the page has saved', async () => {
    const saved = Promise.withResolvers<void>()
    actions.save = () => saved.promise
    attachWindow()
    shutdown.begin('a test')
    await settle()
    expect(window.isDestroyed()).toBe(false)
    saved.resolve()
    await settle()
    expect(steps).toEqual(allSteps)
  })

  test('begins to save while its request is being handled: Windows waits no longer', () => {
    attachWindow()
    window.emit('session-end')
    expect(steps).toEqual(['save the bounds', 'let the page save within 1500 ms'])
  })
})

describe('a request to end', () => {
  const prevented = (emit: (event: FakeEvent) => void): boolean => {
    const event = new FakeEvent()
    emit(event)
    return event.defaultPrevented
  }

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('by %s begins the shutdown', async (signal) => {
    attachWindow()
    signals.emit(signal)
    await settle()
    expect(steps).toEqual(allSteps)
  })

  test('by the user is held back until everything is saved', () => {
    expect(prevented((event) => app.emit('before-quit', event))).toBe(true)
    expect(shutdown.hasBegun).toBe(true)
  })

  test('by the window is held back until everything is saved', () => {
    attachWindow()
    expect(prevented((event) => window.emit('close', event))).toBe(true)
    expect(shutdown.hasBegun).toBe(true)
  })

  test('by the system is held back until everything is saved', () => {
    attachWindow()
    expect(prevented((event) => powerMonitor.emit('shutdown', event))).toBe(true)
    expect(shutdown.hasBegun).toBe(true)
  })

  test('by the system, where it sends no event, begins the shutdown', () => {
    attachWindow()
    powerMonitor.emit('shutdown')
    expect(shutdown.hasBegun).toBe(true)
  })

  test('by the end of all windows begins the shutdown', () => {
    app.emit('window-all-closed')
    expect(shutdown.hasBegun).toBe(true)
  })

  test('while the shutdown runs is held back too, and saves nothing twice', async () => {
    const saved = Promise.withResolvers<void>()
    actions.save = () => saved.promise
    attachWindow()
    window.emit('close', new FakeEvent())
    expect(prevented((event) => window.emit('close', event))).toBe(true)
    expect(prevented((event) => app.emit('before-quit', event))).toBe(true)
    signals.emit('SIGTERM')
    window.emit('session-end')
    app.emit('window-all-closed')
    saved.resolve()
    await settle()
    expect(steps).toEqual(allSteps)
    expect(app.exitCodes).toEqual([0])
  })
})

describe('a step that fails', () => {
  const fail = () => {
    throw new Error('the disk is gone')
  }

  test.each(['bounds', 'save', 'close'] as const)(
    '(%s) skips no other one, is logged, and Skein exits',
    async (step) => {
      const log = join(scratchFolder(), 'skein.log')
      openLog(log)
      actions[step] = fail
      attachWindow()
      shutdown.begin('a test')
      await settle()
      expect(steps).toEqual(allSteps)
      expect(app.exitCodes).toEqual([0])
      expect(readFileSync(log, 'utf8')).toContain('the disk is gone')
    },
  )

  test.each(['save', 'close'] as const)('to end (%s) does not keep Skein from exiting', async (step) => {
    actions[step] = () => new Promise(() => undefined)
    attachWindow()
    shutdown.begin('a test')
    await vi.advanceTimersByTimeAsync(exitTimeout - 1)
    expect(app.exitCodes).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(app.exitCodes).toEqual([0])
    expect(ends[0]).toBe(false)
  })

  test('reports that every thread has ended', async () => {
    shutdown.begin('a test')
    await settle()
    expect(ends).toEqual([true])
  })
})

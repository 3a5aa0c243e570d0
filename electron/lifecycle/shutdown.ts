import type { App, BrowserWindow, PowerMonitor } from 'electron'
import type { HostService } from '../host/host-service.ts'
import { errorText, logExit, writeLog } from '../storage/log.ts'

/** Milliseconds that the page may take to save: a page that hangs must not delay a logout. */
const pageTimeout = 1_500
/** Milliseconds after which the process ends, even if something is not done. */
const exitTimeout = 2_700

const endSignals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const
type EndSignal = (typeof endSignals)[number]

type Step = () => Promise<void> | void

export interface ShutdownOptions {
  readonly app: Pick<App, 'on'>
  /** Where the system's signals arrive: `process`. */
  readonly process: { on(signal: EndSignal, listener: () => void): unknown }
  readonly powerMonitor: Pick<PowerMonitor, 'on'>
  readonly service: Pick<HostService, 'requestFinalSave' | 'close'>
  /** Ends the process. Receives whether every thread has ended. */
  readonly end: (haveThreadsEnded: boolean) => void
}

/** The part of a window that this needs. */
export type ShutdownWindow = Pick<BrowserWindow, 'on' | 'destroy' | 'isDestroyed'>

/** Ends Skein once, with everything saved, on any request: the window, the user, a signal or the system. */
export class Shutdown {
  readonly #end: ShutdownOptions['end']
  readonly #powerMonitor: ShutdownOptions['powerMonitor']
  readonly #service: ShutdownOptions['service']
  #window: ShutdownWindow | undefined
  #beforeClose: () => void = () => {}
  #hasBegun = false
  #haveThreadsEnded = false

  constructor({ app, process, powerMonitor, service, end }: ShutdownOptions) {
    this.#end = end
    this.#powerMonitor = powerMonitor
    this.#service = service
    for (const signal of endSignals) process.on(signal, () => this.begin(`the system sent ${signal}`))
    app.on('before-quit', (event) => {
      event.preventDefault()
      this.begin('it was asked to quit')
    })
    app.on('window-all-closed', () => this.begin('its window was closed'))
  }

  get hasBegun(): boolean {
    return this.#hasBegun
  }

  /** `beforeClose` is called while the window still exists. */
  attachWindow(window: ShutdownWindow, beforeClose: () => void): void {
    this.#window = window
    this.#beforeClose = beforeClose
    window.on('close', (event) => {
      event.preventDefault()
      this.begin('its window was closed')
    })
    // Windows waits only for what is done synchronously here; other systems let a shutdown be delayed.
    window.on('session-end', () => this.begin('the session ended'))
    this.#powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
      event?.preventDefault()
      this.begin('the system shuts down')
    })
  }

  /** `reason` is for the log. */
  begin(reason: string): void {
    if (this.#hasBegun) return
    this.#hasBegun = true
    logExit(reason)
    setTimeout(() => this.#end(false), exitTimeout)
    void this.#saveAndClose().finally(() => this.#end(this.#haveThreadsEnded))
  }

  /** Every step is tried: what an earlier one failed to do must not lose what a later one saves. */
  async #saveAndClose(): Promise<void> {
    const window = this.#window
    const windowSteps: readonly Step[] = [
      this.#beforeClose,
      () => this.#service.requestFinalSave(pageTimeout),
      () => window?.destroy(),
    ]
    const hasWindow = window !== undefined && !window.isDestroyed()
    for (const step of [...(hasWindow ? windowSteps : []), () => this.#closeService()]) {
      try {
        const work = step()
        // Without a pause after a synchronous step, the page's request to save leaves before the caller goes on.
        if (work !== undefined) await work
      } catch (error) {
        writeLog('end', errorText(error))
      }
    }
  }

  async #closeService(): Promise<void> {
    this.#haveThreadsEnded = await this.#service.close()
  }
}

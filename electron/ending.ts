import { app, type BrowserWindow, powerMonitor } from 'electron'
import type { HostService } from './host-service.ts'
import { noteEnd } from './library/log.ts'

/** Milliseconds that the page may take to save: one that hangs must not hold up a logout. */
const pagePatience = 1_500
/** Milliseconds after which the process ends whatever is not done. */
const patience = 3_000

/** Ends Skein with everything saved, whoever asks for it and however often: the window, the user, a signal, the system. */
export class Ending {
  readonly #service: HostService
  #window: BrowserWindow | undefined
  #beforeEnd: () => void = () => {}
  #isEnding = false

  constructor(service: HostService) {
    this.#service = service
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
      process.on(signal, () => this.end(`the system sent ${signal}`))
    app.on('before-quit', (event) => {
      event.preventDefault()
      this.end('it was asked to quit')
    })
    app.on('window-all-closed', () => this.end('its window was closed'))
  }

  get isEnding(): boolean {
    return this.#isEnding
  }

  /** `beforeEnd` is called while the window is still there. */
  follow(window: BrowserWindow, beforeEnd: () => void): void {
    this.#window = window
    this.#beforeEnd = beforeEnd
    window.on('close', (event) => {
      event.preventDefault()
      this.end('its window was closed')
    })
    // Windows waits for no more than what is done here at once; where there is a shutdown to delay, it is delayed.
    window.on('session-end', () => this.end('the session ended'))
    powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
      event?.preventDefault()
      this.end('the system shuts down')
    })
  }

  /** `why` is for the log. */
  end(why: string): void {
    if (this.#isEnding) return
    this.#isEnding = true
    noteEnd(why)
    setTimeout(() => app.exit(0), patience)
    void this.#end().finally(() => app.exit(0))
  }

  async #end(): Promise<void> {
    const window = this.#window
    if (window !== undefined && !window.isDestroyed()) {
      this.#beforeEnd()
      await this.#service.sayFarewell(pagePatience)
      window.destroy()
    }
    await this.#service.close()
  }
}

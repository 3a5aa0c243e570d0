import { app, type BrowserWindow, powerMonitor } from 'electron'
import type { HostService } from '../host/host-service.ts'
import { logExit } from '../storage/log.ts'

/** Milliseconds that the page may take to save: one that hangs must not hold up a logout. */
const pageTimeout = 1_500
/** Milliseconds after which the process ends whatever is not done. */
const exitTimeout = 3_000

/** Ends Skein with everything saved, whoever asks for it and however often: the window, the user, a signal, the system. */
export class Shutdown {
  readonly #service: HostService
  #window: BrowserWindow | undefined
  #beforeClose: () => void = () => {}
  #hasBegun = false

  constructor(service: HostService) {
    this.#service = service
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
      process.on(signal, () => this.begin(`the system sent ${signal}`))
    app.on('before-quit', (event) => {
      event.preventDefault()
      this.begin('it was asked to quit')
    })
    app.on('window-all-closed', () => this.begin('its window was closed'))
  }

  get hasBegun(): boolean {
    return this.#hasBegun
  }

  /** `beforeEnd` is called while the window is still there. */
  attachWindow(window: BrowserWindow, beforeEnd: () => void): void {
    this.#window = window
    this.#beforeClose = beforeEnd
    window.on('close', (event) => {
      event.preventDefault()
      this.begin('its window was closed')
    })
    // Windows waits for no more than what is done here at once; where there is a shutdown to delay, it is delayed.
    window.on('session-end', () => this.begin('the session ended'))
    powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
      event?.preventDefault()
      this.begin('the system shuts down')
    })
  }

  /** `why` is for the log. */
  begin(why: string): void {
    if (this.#hasBegun) return
    this.#hasBegun = true
    logExit(why)
    setTimeout(() => app.exit(0), exitTimeout)
    void this.#saveAndClose().finally(() => app.exit(0))
  }

  async #saveAndClose(): Promise<void> {
    const window = this.#window
    if (window !== undefined && !window.isDestroyed()) {
      this.#beforeClose()
      await this.#service.requestFinalSave(pageTimeout)
      window.destroy()
    }
    await this.#service.close()
  }
}

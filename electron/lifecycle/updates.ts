import { existsSync } from 'node:fs'
import { join, sep } from 'node:path'
import { app } from 'electron'
import type { AppUpdater } from 'electron-updater'
import type { UpdateState } from '../../shared/host-api.ts'
import { errorText, writeLog } from '../storage/log.ts'

/** Milliseconds: an installed Skein first looks when its window has long been drawn. */
const firstCheckDelay = app.isPackaged ? 5_000 : 0
const checkInterval = 24 * 60 * 60 * 1000

/**
 * Looks for a newer version soon after the start and once a day, downloads it, and has it installed when Skein is
 * closed. Only where the package came from releases that can be asked; elsewhere it does nothing. What fails is noted
 * and tried again the next day.
 */
export class Updates {
  /** Told of every change of `state`. */
  onChange: (state: UpdateState) => void = () => {}
  readonly #releaseFeed = releaseFeed()
  #isEnabled = false
  #foundState: UpdateState = { kind: 'current' }
  #updater: AppUpdater | undefined
  #timer: NodeJS.Timeout | undefined

  get state(): UpdateState {
    if (this.#releaseFeed === undefined) return { kind: app.isPackaged ? 'system' : 'source' }
    return this.#isEnabled ? this.#foundState : { kind: 'off' }
  }

  /** What the user wishes. */
  setEnabled(on: boolean): void {
    if (this.#releaseFeed === undefined || on === this.#isEnabled) return
    this.#isEnabled = on
    // What is downloaded already is not installed against the user's wish.
    if (this.#updater) this.#updater.autoInstallOnAppQuit = on
    clearTimeout(this.#timer)
    if (on) this.#scheduleCheck(firstCheckDelay, this.#releaseFeed)
    this.onChange(this.state)
  }

  #scheduleCheck(milliseconds: number, feed: string): void {
    this.#timer = setTimeout(() => {
      void this.#check(feed).catch((error: unknown) => writeLog('updates', errorText(error)))
      this.#scheduleCheck(checkInterval, feed)
    }, milliseconds)
  }

  async #check(feed: string): Promise<void> {
    this.#updater ??= await this.#loadUpdater(feed)
    // It was switched off meanwhile.
    if (!this.#isEnabled) return
    const result = await this.#updater.checkForUpdates()
    await result?.downloadPromise
  }

  /** The library is large, and most starts end before it is wanted. */
  async #loadUpdater(feed: string): Promise<AppUpdater> {
    const { default: library } = await import('electron-updater')
    const updater = library.autoUpdater
    updater.logger = null
    updater.updateConfigPath = feed
    updater.forceDevUpdateConfig = !app.isPackaged
    updater.autoInstallOnAppQuit = this.#isEnabled
    updater.on('update-available', ({ version }) => this.#setFoundState({ kind: 'loading', version }))
    updater.on('update-downloaded', ({ version }) => this.#setFoundState({ kind: 'ready', version }))
    // Who looked is told of it as well.
    updater.on('error', () => {
      if (this.#foundState.kind === 'loading') this.#setFoundState({ kind: 'current' })
    })
    return updater
  }

  #setFoundState(found: UpdateState): void {
    if (found.kind === 'loading' || found.kind === 'ready')
      writeLog('updates', `version ${found.version} is ${found.kind === 'ready' ? 'downloaded' : 'there'}`)
    this.#foundState = found
    this.onChange(this.state)
  }
}

/** The file that says where releases are; undefined where this copy of Skein cannot be exchanged for a newer one. */
function releaseFeed(): string | undefined {
  if (!app.isPackaged) return process.env.SKEIN_UPDATE_FEED
  const file = join(process.resourcesPath, 'app-update.yml')
  return existsSync(file) && isReplaceable() ? file : undefined
}

/** On Linux only an AppImage is; the variables may be those of another one that started Skein. */
function isReplaceable(): boolean {
  if (process.platform !== 'linux') return true
  const { APPIMAGE, APPDIR } = process.env
  return Boolean(APPIMAGE) && Boolean(APPDIR) && process.execPath.startsWith(`${APPDIR}${sep}`)
}

import { existsSync } from 'node:fs'
import { join, sep } from 'node:path'
import { app } from 'electron'
import type { AppUpdater } from 'electron-updater'
import type { UpdateState } from '../shared/host-api.ts'
import { errorText, note } from './library/log.ts'

/** Milliseconds: an installed Skein first looks when its window has long been drawn. */
const firstLook = app.isPackaged ? 5_000 : 0
const betweenLooks = 24 * 60 * 60 * 1000

/**
 * Looks for a newer version soon after the start and once a day, downloads it, and has it installed when Skein is
 * closed. Only where the package came from releases that can be asked; elsewhere it does nothing. What fails is noted
 * and tried again the next day.
 */
export class Updates {
  /** Told of every change of `state`. */
  onChange: (state: UpdateState) => void = () => {}
  readonly #feed = releaseFeed()
  #isOn = false
  #found: UpdateState = { kind: 'current' }
  #updater: AppUpdater | undefined
  #timer: NodeJS.Timeout | undefined

  get state(): UpdateState {
    if (this.#feed === undefined) return { kind: app.isPackaged ? 'system' : 'source' }
    return this.#isOn ? this.#found : { kind: 'off' }
  }

  /** What the user wishes. */
  set(on: boolean): void {
    if (this.#feed === undefined || on === this.#isOn) return
    this.#isOn = on
    // What is downloaded already is not installed against the user's wish.
    if (this.#updater) this.#updater.autoInstallOnAppQuit = on
    clearTimeout(this.#timer)
    if (on) this.#lookIn(firstLook, this.#feed)
    this.onChange(this.state)
  }

  #lookIn(milliseconds: number, feed: string): void {
    this.#timer = setTimeout(() => {
      void this.#look(feed).catch((error: unknown) => note('updates', errorText(error)))
      this.#lookIn(betweenLooks, feed)
    }, milliseconds)
  }

  async #look(feed: string): Promise<void> {
    this.#updater ??= await this.#load(feed)
    // It was switched off meanwhile.
    if (!this.#isOn) return
    const result = await this.#updater.checkForUpdates()
    await result?.downloadPromise
  }

  /** The library is large, and most starts end before it is wanted. */
  async #load(feed: string): Promise<AppUpdater> {
    const { default: library } = await import('electron-updater')
    const updater = library.autoUpdater
    updater.logger = null
    updater.updateConfigPath = feed
    updater.forceDevUpdateConfig = !app.isPackaged
    updater.autoInstallOnAppQuit = this.#isOn
    updater.on('update-available', ({ version }) => this.#find({ kind: 'loading', version }))
    updater.on('update-downloaded', ({ version }) => this.#find({ kind: 'ready', version }))
    // Who looked is told of it as well.
    updater.on('error', () => {
      if (this.#found.kind === 'loading') this.#find({ kind: 'current' })
    })
    return updater
  }

  #find(found: UpdateState): void {
    if (found.kind === 'loading' || found.kind === 'ready')
      note('updates', `version ${found.version} is ${found.kind === 'ready' ? 'downloaded' : 'there'}`)
    this.#found = found
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

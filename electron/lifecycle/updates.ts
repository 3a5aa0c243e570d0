import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AppUpdater } from 'electron-updater'
import type { UpdateState } from '../../shared/host-api.ts'
import { errorText, writeLog } from '../storage/log.ts'

/** Milliseconds: an installed Skein first checks when its window has long been drawn. */
const installedCheckDelay = 5_000
const checkInterval = 24 * 60 * 60 * 1000

/** The part of the updater that this needs. */
export type Updater = Pick<
  AppUpdater,
  'autoInstallOnAppQuit' | 'forceDevUpdateConfig' | 'logger' | 'updateConfigPath' | 'checkForUpdates' | 'on'
>

export interface UpdatesOptions {
  readonly isPackaged: boolean
  /** The file that names the address of releases; undefined if this copy of Skein cannot be replaced. */
  readonly releaseFeed: string | undefined
  /** The library is large, and most starts end before it is needed. */
  readonly loadUpdater: () => Promise<Updater>
}

/**
 * Checks for a newer version soon after the start and once a day, downloads it, and lets it be installed when Skein is
 * closed. Without a release feed it does nothing. A failed check is logged and repeated the next day.
 */
export class Updates {
  /** Called after every change of `state`. */
  onChange: (state: UpdateState) => void = () => {}
  readonly #isPackaged: boolean
  readonly #releaseFeed: string | undefined
  readonly #loadUpdater: () => Promise<Updater>
  #isEnabled = false
  #foundState: UpdateState = { kind: 'current' }
  #updater: Updater | undefined
  /** Kept while the updater is loaded: two checks must not prepare it twice. */
  #loading: Promise<Updater> | undefined
  #timer: NodeJS.Timeout | undefined

  constructor({ isPackaged, releaseFeed, loadUpdater }: UpdatesOptions) {
    this.#isPackaged = isPackaged
    this.#releaseFeed = releaseFeed
    this.#loadUpdater = loadUpdater
  }

  get state(): UpdateState {
    if (this.#releaseFeed === undefined) return { kind: this.#isPackaged ? 'system' : 'source' }
    return this.#isEnabled ? this.#foundState : { kind: 'off' }
  }

  setEnabled(isEnabled: boolean): void {
    if (this.#releaseFeed === undefined || isEnabled === this.#isEnabled) return
    this.#isEnabled = isEnabled
    // A version that is already downloaded is not installed against the user's setting.
    if (this.#updater) this.#updater.autoInstallOnAppQuit = isEnabled
    clearTimeout(this.#timer)
    if (isEnabled) this.#scheduleCheck(this.#isPackaged ? installedCheckDelay : 0, this.#releaseFeed)
    this.onChange(this.state)
  }

  #scheduleCheck(delay: number, feed: string): void {
    this.#timer = setTimeout(() => {
      void this.#check(feed).catch((error: unknown) => writeLog('updates', errorText(error)))
      this.#scheduleCheck(checkInterval, feed)
    }, delay)
  }

  async #check(feed: string): Promise<void> {
    const updater = await this.#preparedUpdater(feed)
    // The user may have switched it off meanwhile.
    if (!this.#isEnabled) return
    const result = await updater.checkForUpdates()
    await result?.downloadPromise
  }

  async #preparedUpdater(feed: string): Promise<Updater> {
    if (this.#updater !== undefined) return this.#updater
    try {
      this.#loading ??= this.#loadUpdater()
      const loaded = await this.#loading
      this.#updater ??= this.#prepare(loaded, feed)
      return this.#updater
    } finally {
      this.#loading = undefined
    }
  }

  #prepare(updater: Updater, feed: string): Updater {
    updater.logger = null
    updater.updateConfigPath = feed
    updater.forceDevUpdateConfig = !this.#isPackaged
    updater.autoInstallOnAppQuit = this.#isEnabled
    updater.on('update-available', ({ version }) => this.#setFoundState({ kind: 'loading', version }))
    updater.on('update-downloaded', ({ version }) => this.#setFoundState({ kind: 'ready', version }))
    // The page shows a download that ends without a new version, too.
    updater.on('error', () => {
      if (this.#foundState.kind === 'loading') this.#setFoundState({ kind: 'current' })
    })
    return updater
  }

  #setFoundState(found: UpdateState): void {
    if (found.kind === 'loading' || found.kind === 'ready')
      writeLog(
        'updates',
        `version ${found.version} is ${found.kind === 'ready' ? 'downloaded' : 'available'}`,
      )
    this.#foundState = found
    this.onChange(this.state)
  }
}

export async function loadElectronUpdater(): Promise<Updater> {
  const { default: library } = await import('electron-updater')
  return library.autoUpdater
}

/** Returns the file that names the address of releases; undefined if this copy of Skein cannot be replaced. */
export function findReleaseFeed(isPackaged: boolean, system: RunningProcess = process): string | undefined {
  if (!isPackaged) return system.env.SKEIN_UPDATE_FEED
  const file = join(system.resourcesPath, 'app-update.yml')
  return existsSync(file) && isReplaceable(system) ? file : undefined
}

/** The part of `process` that shows where this copy of Skein runs. */
type RunningProcess = Pick<NodeJS.Process, 'env' | 'execPath' | 'platform' | 'resourcesPath'>

/** On Linux only an AppImage is. The variables may also be those of another AppImage that started Skein. */
function isReplaceable({ env, execPath, platform }: RunningProcess): boolean {
  if (platform !== 'linux') return true
  const { APPIMAGE, APPDIR } = env
  return Boolean(APPIMAGE) && Boolean(APPDIR) && execPath.startsWith(`${APPDIR}/`)
}

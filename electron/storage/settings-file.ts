import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import * as v from 'valibot'
import { defaultSettings, type Settings } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { errorCode } from '../platform/node-errors.ts'
import { isProcessRunning } from '../platform/process-running.ts'
import { removeIfPossible } from '../platform/remove-if-possible.ts'
import { findWriteProblem, type WriteProblem, writeProblemOf } from './data-folder.ts'

/** What the library showed last; undefined before the first choice. */
export type LastLibrary =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'demo' }
  | undefined

/** What the listener heard last, by absolute paths. */
export interface LastSession {
  /** The current song, undefined for none. */
  readonly file?: string | undefined
  /** Seconds. */
  readonly position: number
  readonly queue: readonly string[]
}

/** The window's bounds in the screen's pixels; without a position if the system does not report it. */
export interface WindowBounds {
  readonly x?: number | undefined
  readonly y?: number | undefined
  readonly width: number
  readonly height: number
  readonly state: 'normal' | 'maximized' | 'fullscreen'
}

export interface SavedState {
  readonly settings: Settings
  readonly library: LastLibrary
  readonly session?: LastSession | undefined
  readonly window?: WindowBounds | undefined
}

/** What a page may save. */
export const settingsSchema = v.strictObject({
  volume: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  muted: v.boolean(),
  shuffle: v.boolean(),
  repeat: v.picklist(['off', 'all', 'one']),
  theme: v.picklist(['system', 'light', 'dark']),
  updates: v.boolean(),
})

/** The file's format. A file with a higher version belongs to a newer Skein and is not overwritten. */
const formatVersion = 1

const { entries } = settingsSchema

/** The file's settings: each value that is missing or wrong becomes the default. */
const fileSchema = v.object({
  version: v.fallback(v.number(), formatVersion),
  settings: v.fallback(
    v.object({
      volume: v.fallback(entries.volume, defaultSettings.volume),
      muted: v.fallback(entries.muted, defaultSettings.muted),
      shuffle: v.fallback(entries.shuffle, defaultSettings.shuffle),
      repeat: v.fallback(entries.repeat, defaultSettings.repeat),
      theme: v.fallback(entries.theme, defaultSettings.theme),
      updates: v.fallback(entries.updates, defaultSettings.updates),
    }),
    defaultSettings,
  ),
  library: v.fallback(
    v.optional(
      v.variant('kind', [
        v.object({ kind: v.literal('folder'), folder: v.pipe(v.string(), v.minLength(1)) }),
        v.object({ kind: v.literal('demo') }),
      ]),
    ),
    undefined,
  ),
})

const path = v.pipe(v.string(), v.minLength(1))
const pixel = v.pipe(v.number(), v.integer())
const side = v.pipe(pixel, v.minValue(1))

/** The rest of the file: each of the two that is missing or wrong is ignored. */
const sessionAndWindowSchema = v.object({
  session: v.fallback(
    v.optional(
      v.object({
        file: v.optional(path),
        position: v.pipe(v.number(), v.minValue(0)),
        queue: v.array(path),
      }),
    ),
    undefined,
  ),
  window: v.fallback(
    v.optional(
      v.object({
        x: v.optional(pixel),
        y: v.optional(pixel),
        width: side,
        height: side,
        state: v.picklist(['normal', 'maximized', 'fullscreen']),
      }),
    ),
    undefined,
  ),
})

const defaultState: SavedState = { settings: defaultSettings, library: undefined }

/**
 * The settings and the last library, in one JSON file. Neither a broken nor an unwritable file is an error for the
 * caller: the defaults apply, and `onFailure` receives one sentence for the user.
 */
export class SettingsFile {
  readonly #path: string
  readonly #onFailure: (message: string) => void
  #state: SavedState = defaultState
  #writing: Promise<void> = Promise.resolve()
  #isWritePending = false
  #hasFailed = false
  #isNewer = false

  constructor(path: string, onFailure: (message: string) => void) {
    this.#path = path
    this.#onFailure = onFailure
  }

  get state(): SavedState {
    return this.#state
  }

  async read(): Promise<SavedState> {
    await this.#removeUnfinishedFiles()
    try {
      const content: unknown = JSON.parse(await readFile(this.#path, 'utf8'))
      const { version: written, ...read } = v.parse(fileSchema, content)
      this.#state = { library: undefined, ...read, ...v.parse(sessionAndWindowSchema, content) }
      this.#isNewer = written > formatVersion
      if (this.#isNewer) this.#onFailure(m.host_settings_from_newer_version())
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') {
        this.#onFailure(m.host_settings_unreadable({ path: this.#path }))
      }
    }
    return this.#state
  }

  /** Reports, before anything has changed, that nothing can be saved. */
  checkWritable(): void {
    const problem = this.#isNewer ? undefined : findWriteProblem(dirname(this.#path))
    if (problem !== undefined) this.#reportUnsaved(problem)
  }

  /** Resolves when the newest change is on disk, or could not be written. */
  async change(change: Partial<SavedState>): Promise<void> {
    this.#state = { ...this.#state, ...change }
    // One write waits for the running one and includes all changes until it begins.
    if (!this.#isWritePending) {
      this.#isWritePending = true
      this.#writing = this.#writing.then(async () => {
        this.#isWritePending = false
        await this.#write()
      })
    }
    await this.#writing
  }

  /** Resolves when every change so far is on disk, or could not be written. */
  async settled(): Promise<void> {
    await this.#writing
  }

  async #write(): Promise<void> {
    if (this.#isNewer) return
    const temporary = this.#temporaryPath(process.pid)
    try {
      await mkdir(dirname(this.#path), { recursive: true })
      const file = await open(temporary, 'w', 0o600)
      try {
        await file.writeFile(`${JSON.stringify({ version: formatVersion, ...this.#state }, undefined, 2)}\n`)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(temporary, this.#path)
      this.#hasFailed = false
    } catch (error) {
      removeIfPossible(temporary)
      this.#reportUnsaved(writeProblemOf(error))
    }
  }

  /** Each process writes a file of its own: two hosts may share the data folder. */
  #temporaryPath(pid: number): string {
    return `${this.#path}.${pid}.new`
  }

  /** Removes what processes left that crashed while they saved. */
  async #removeUnfinishedFiles(): Promise<void> {
    for (const name of await readdir(dirname(this.#path)).catch(() => [])) {
      const pid = Number(/\.(\d+)\.new$/.exec(name)?.[1])
      const temporary = this.#temporaryPath(pid)
      if (name === basename(temporary) && !isProcessRunning(pid)) removeIfPossible(temporary)
    }
  }

  /** Reports it once, until a change is saved again. */
  #reportUnsaved(problem: WriteProblem): void {
    if (this.#hasFailed) return
    this.#hasFailed = true
    this.#onFailure(m.host_settings_unsaved({ folder: dirname(this.#path), problem }))
  }
}

import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'
import { errorCode } from '../platform/node-errors.ts'
import { removeIfPossible } from '../platform/remove-if-possible.ts'
import { findWriteProblem, removeStaleFiles, type WriteProblem, writeProblemOf } from './data-folder.ts'
import { withFileLock } from './file-lock.ts'
import {
  addChange,
  applyChanges,
  defaultState,
  noChanges,
  parseSettings,
  type SavedState,
  type StateChanges,
  serializeSettings,
} from './settings-format.ts'

/**
 * The settings and the last library, in one JSON file. Neither a broken nor an unwritable file is an error for the
 * caller: the defaults apply, and `onFailure` receives one sentence for the user. Two hosts may share the file: each
 * writes only what it has changed, and keeps what the other has.
 */
export class SettingsFile {
  readonly #path: string
  readonly #onFailure: (message: string) => void
  /** What this host has read and changed. What another host saves meanwhile is not in it. */
  #state: SavedState = defaultState
  #unsaved: StateChanges = noChanges
  #writing: Promise<void> = Promise.resolve()
  #isWritePending = false
  #hasFailed = false
  /** Whether the file is never written: it belongs to a newer Skein, or could not be read. */
  #isProtected = false

  constructor(path: string, onFailure: (message: string) => void) {
    this.#path = path
    this.#onFailure = onFailure
  }

  get state(): SavedState {
    return this.#state
  }

  /** Whether the user was notified that nothing can be saved in the data folder. */
  get isUnwritable(): boolean {
    return this.#hasFailed
  }

  async read(): Promise<SavedState> {
    removeStaleFiles(dirname(this.#path))
    try {
      this.#state = (await this.#readSaved()) ?? defaultState
    } catch (error) {
      this.#isProtected = true
      this.#onFailure(
        m.host_settings_unreadable({
          path: isolate(this.#path),
          code: errorCode(error) ?? isolate(String(error)),
        }),
      )
    }
    return this.#state
  }

  /** Reports, before anything has changed, that nothing can be saved. */
  checkWritable(): void {
    const problem = this.#isProtected ? undefined : findWriteProblem(dirname(this.#path))
    if (problem !== undefined) this.#reportUnsaved(problem)
  }

  /** Resolves when the newest change is on disk, or could not be written. */
  async change(change: Partial<SavedState>): Promise<void> {
    this.#unsaved = addChange(this.#unsaved, change, this.#state)
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

  /**
   * Returns what the file contains; undefined if there is none, or a damaged one, which is kept under another name.
   * Throws if it cannot be read, or cannot be kept.
   */
  async #readSaved(): Promise<SavedState | undefined> {
    let text: string
    try {
      text = await readFile(this.#path, 'utf8')
    } catch (error) {
      // A file in place of the data folder has no settings to lose either; `checkWritable` reports it.
      if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined
      throw error
    }
    const parsed = parseSettings(text)
    if (parsed?.isNewer && !this.#isProtected) {
      this.#isProtected = true
      this.#onFailure(m.host_settings_from_newer_version())
    }
    if (parsed !== undefined) return parsed.state
    const copy = `${this.#path}.broken`
    await rename(this.#path, copy)
    this.#onFailure(m.host_settings_damaged({ path: isolate(this.#path), copy: isolate(basename(copy)) }))
    return undefined
  }

  async #write(): Promise<void> {
    if (this.#isProtected) return
    const changes = this.#unsaved
    this.#unsaved = noChanges
    try {
      await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 })
      await withFileLock(`${this.#path}.lock`, async () => await this.#saveChanges(changes))
      this.#hasFailed = false
    } catch (error) {
      this.#unsaved = {
        settings: { ...changes.settings, ...this.#unsaved.settings },
        others: { ...changes.others, ...this.#unsaved.others },
      }
      this.#reportUnsaved(writeProblemOf(error))
    }
  }

  async #saveChanges(changes: StateChanges): Promise<void> {
    const saved = await this.#readSaved()
    if (this.#isProtected) return
    const state = saved === undefined ? this.#state : applyChanges(saved, changes)
    const temporary = `${this.#path}.${process.pid}.new`
    try {
      const file = await open(temporary, 'w', 0o600)
      try {
        await file.writeFile(serializeSettings(state))
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(temporary, this.#path)
    } catch (error) {
      removeIfPossible(temporary)
      throw error
    }
  }

  /** Reports it once, until a change is saved again. */
  #reportUnsaved(problem: WriteProblem): void {
    if (this.#hasFailed) return
    this.#hasFailed = true
    this.#onFailure(m.host_settings_unsaved({ folder: isolate(dirname(this.#path)), problem }))
  }
}

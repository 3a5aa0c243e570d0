import { stat } from 'node:fs/promises'
import { subscribe } from '@parcel/watcher'
import { type FileChange, findChangedDirectories, topmostDirectories } from './changed-directories.ts'
import type { WatcherReport } from './watcher-messages.ts'

/** Milliseconds between two checks of whether the folder is still the same one. */
const checkInterval = 5_000

/** New folders that are watched one by one before the process is replaced. */
const maxExtraSubscriptions = 100

/**
 * A folder in the watcher process. The native watcher of Linux watches a new directory, but not what it already contains:
 * a tree that was moved here, or made faster than it was seen. So every new directory gets a subscription of its own, for
 * its whole tree. Nothing is ever unsubscribed, because that can end the process; the host ends the process instead.
 */
export class WatchedFolder {
  readonly #folder: string
  readonly #report: (report: WatcherReport) => void
  /** The device and inode of the folder that is watched; undefined while there is none. */
  #identity: string | undefined
  #isAwayReported = false
  #extraSubscriptions = 0
  /** One subscription at a time: the native watcher holds a lock while it reads a tree. */
  #pending: Promise<void> = Promise.resolve()

  constructor(folder: string, report: (report: WatcherReport) => void) {
    this.#folder = folder
    this.#report = report
  }

  /** Watches the folder, now and whenever it returns. */
  async start(): Promise<void> {
    await this.#check()
    setInterval(() => void this.#check(), checkInterval)
  }

  /** A disk that is mounted or removed is no change that the system reports. */
  async #check(): Promise<void> {
    const identity = await readIdentity(this.#folder)
    if (identity === this.#identity && (identity !== undefined || this.#isAwayReported)) return
    if (this.#identity !== undefined) {
      // The subscriptions are those of the former folder.
      this.#identity = undefined
      this.#report({ kind: 'moved', folder: this.#folder })
      return
    }
    this.#identity = identity
    if (identity === undefined) {
      this.#isAwayReported = true
      this.#report({ kind: 'away', folder: this.#folder })
    } else if (await this.#subscribe(this.#folder)) this.#report({ kind: 'watching', folder: this.#folder })
  }

  async #subscribe(directory: string): Promise<boolean> {
    try {
      await subscribe(directory, (error, changes) => {
        if (error === null) this.#handle(changes)
        else this.#fail(error)
      })
      return true
    } catch (error) {
      // A new directory can be gone again.
      if (directory === this.#folder || (await readIdentity(directory)) !== undefined) this.#fail(error)
      return false
    }
  }

  #handle(changes: readonly FileChange[]): void {
    this.#pending = this.#pending.then(() => this.#handleNext(changes)).catch((error) => this.#fail(error))
  }

  async #handleNext(changes: readonly FileChange[]): Promise<void> {
    const { changed, created } = await findChangedDirectories(this.#folder, changes)
    for (const directory of topmostDirectories(created)) {
      if (++this.#extraSubscriptions > maxExtraSubscriptions) return this.#report({ kind: 'worn' })
      await this.#subscribe(directory)
    }
    if (changed.size > 0)
      this.#report({
        kind: 'changed',
        folder: this.#folder,
        directories: [...changed],
        count: changes.length,
      })
  }

  #fail(error: unknown): void {
    const details = error instanceof Error ? error.message : String(error)
    const reason = /No space left|ENOSPC|Too many open files|EMFILE/i.test(details) ? 'limit' : 'error'
    this.#report({ kind: 'failed', folder: this.#folder, reason, details })
  }
}

/** Returns the device and inode of a directory; undefined if there is none. */
async function readIdentity(directory: string): Promise<string | undefined> {
  try {
    const stats = await stat(directory, { bigint: true })
    return stats.isDirectory() ? `${stats.dev}:${stats.ino}` : undefined
  } catch {
    return undefined
  }
}

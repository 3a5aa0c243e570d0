import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { m } from '../../shared/i18n/messages.js'
import { diskOf } from './disk-of.ts'
import { toSystemPath } from './system-path.ts'
import { UserError } from './user-error.ts'

/** An access to a disk has not returned for seconds. */
export class DiskHangsError extends UserError {
  constructor() {
    super(m.host_disk_hangs())
  }
}

export interface UserDiskOptions {
  /** The maximum of accesses at the same time. */
  readonly maxPending: number
  /** Milliseconds after which an access counts as hanging. */
  readonly timeout: number
}

interface WaitingAccess {
  readonly disk: string
  readonly start: () => void
  /** Called if its turn does not come because a disk hangs. Without it, the access waits until the disk responds. */
  readonly fail?: () => void
}

/**
 * Limits how this thread accesses the user's disks. All file accesses of a thread share the few threads of libuv, and one
 * that hangs keeps its thread. So there are few at a time, and one on each disk: a disk that hangs blocks neither other
 * disks nor what Skein reads for itself.
 */
export class UserDisks {
  readonly #options: UserDiskOptions
  /** The disks with an access that has not returned, and whether that hangs. */
  readonly #pending = new Map<string, { hangs: boolean }>()
  #waiting: WaitingAccess[] = []

  constructor(options: UserDiskOptions) {
    this.#options = options
  }

  /**
   * Runs an access to a folder or to a file in it. Throws a DiskHangsError if it takes too long, or if its turn does not
   * come because of one that does. It keeps its slot until it returns; `discard` then receives the result.
   */
  async access<Result>(
    folder: string,
    action: () => Promise<Result>,
    discard?: (result: Result) => unknown,
  ): Promise<Result> {
    const disk = diskOf(join(folder, '*'))
    if (this.#cannotStart(disk)) {
      // A loop over many folders must not keep everything else from running.
      await setImmediate()
      throw new DiskHangsError()
    }
    await new Promise<void>((start, reject) =>
      this.#add({ disk, start, fail: () => reject(new DiskHangsError()) }),
    )
    return await this.#run(disk, action, discard)
  }

  /** Runs an access whose result nobody waits for, as soon as its disk responds. Its failure is ignored. */
  accessLater(folder: string, action: () => Promise<unknown>): void {
    const disk = diskOf(join(folder, '*'))
    this.#add({ disk, start: () => void this.#run(disk, action).catch(() => undefined) })
  }

  /** Whether an access on this disk would wait for one that hangs. */
  #cannotStart(disk: string): boolean {
    if (this.#pending.get(disk)?.hangs === true) return true
    return this.#isFull && [...this.#pending.values()].every(({ hangs }) => hangs)
  }

  get #isFull(): boolean {
    return this.#pending.size >= this.#options.maxPending
  }

  #add(access: WaitingAccess): void {
    this.#waiting.push(access)
    this.#startWaiting()
  }

  /** Starts what can start, in the order of arrival. */
  #startWaiting(): void {
    for (let index = 0; index < this.#waiting.length && !this.#isFull; ) {
      const next = this.#waiting[index]
      if (next === undefined || this.#pending.has(next.disk)) index++
      else {
        this.#waiting.splice(index, 1)
        this.#pending.set(next.disk, { hangs: false })
        next.start()
      }
    }
  }

  /** Runs an access whose slot is taken, and frees the slot at its end. */
  async #run<Result>(
    disk: string,
    action: () => Promise<Result>,
    discard?: (result: Result) => unknown,
  ): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    let isPending = true
    let isLate = false
    const timer = setTimeout(async () => {
      // After a pause of the whole process, the access may have returned without anyone's notice.
      await setImmediate()
      if (!isPending) return
      isLate = true
      reject(new DiskHangsError())
      this.#markHanging(disk)
    }, this.#options.timeout)
    const end = () => {
      isPending = false
      clearTimeout(timer)
      this.#pending.delete(disk)
      this.#startWaiting()
    }
    action().then(
      (result) => {
        end()
        if (isLate) discard?.(result)
        else resolve(result)
      },
      (error: unknown) => {
        end()
        reject(error)
      },
    )
    return await promise
  }

  #markHanging(disk: string): void {
    this.#pending.set(disk, { hangs: true })
    const waiting = this.#waiting
    this.#waiting = []
    for (const access of waiting)
      if (access.fail !== undefined && this.#cannotStart(access.disk)) access.fail()
      else this.#waiting.push(access)
  }
}

/** The accesses of this thread. Of the four threads of libuv, two remain for the page, the settings and the log. */
export const userDisks = new UserDisks({ maxPending: 2, timeout: 5000 })

/** Reads the properties of what a path leads to. A link can lead to another disk: `folder` is then the link itself. */
export async function statUserPath(path: string, folder = dirname(path)): Promise<Stats> {
  return await userDisks.access(folder, () => stat(toSystemPath(path)))
}

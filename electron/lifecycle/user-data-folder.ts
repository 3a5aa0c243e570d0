import { mkdtempSync, readdirSync, readlinkSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from 'electron'
import { isProcessRunning } from '../platform/process-running.ts'
import { removeIfPossible } from '../platform/remove-if-possible.ts'
import { findWriteProblem } from '../storage/data-folder.ts'

/** With less free space Chromium's own databases fail, and with them the locks that report a thread's death. */
const minFreeBytes = 32 * 1024 * 1024

export interface UserDataOptions {
  readonly app: Pick<App, 'on' | 'setPath'>
  /** The data folder, which both hosts share. */
  readonly folder: string
  /** Where to create a temporary folder, the best first. */
  readonly temporaryParents?: readonly (string | undefined)[]
  /** Returns the free bytes of the disk with this folder; infinite if the system does not report them. */
  readonly freeBytes?: (folder: string) => number
}

/**
 * Sets Chromium's folder below the data folder. If there is too little space, or the data folder cannot be written,
 * Chromium gets a temporary folder that is removed at the end, and the settings file informs the user. Call it first.
 * Returns whether a single-instance lock is possible.
 */
export function configureUserDataFolder(options: UserDataOptions): boolean {
  const { app, folder, freeBytes = readFreeBytes } = options
  const isWritable = findWriteProblem(folder) === undefined
  // The disk may be full by now: handing a request over to a running instance needs no writing.
  const canLock = isWritable || isLockedByRunningInstance(folder)
  if (canLock) app.setPath('userData', folder)
  const browserFolder = join(folder, 'browser')
  const hasRoom = () =>
    findWriteProblem(browserFolder) === undefined && freeBytes(browserFolder) >= minFreeBytes
  if (isWritable && hasRoom()) {
    app.setPath('sessionData', browserFolder)
    return true
  }
  const temporary = makeTemporaryFolder(options)
  if (temporary === undefined) return canLock
  if (!canLock) app.setPath('userData', temporary)
  app.setPath('sessionData', temporary)
  app.on('quit', () => removeIfPossible(temporary, { recursive: true }))
  return canLock
}

/** Whether a Skein uses this data folder: Chromium's lock is a link whose target ends with the process id. */
function isLockedByRunningInstance(folder: string): boolean {
  try {
    const pid = /-(\d+)$/.exec(readlinkSync(join(folder, 'SingletonLock')))?.[1]
    return pid !== undefined && isProcessRunning(Number(pid))
  } catch {
    return false
  }
}

/** Makes a new folder for this run, in memory if the system has such a file system. */
function makeTemporaryFolder({
  temporaryParents = [process.env.XDG_RUNTIME_DIR, tmpdir(), '/dev/shm'],
  freeBytes = readFreeBytes,
}: UserDataOptions): string | undefined {
  for (const parent of temporaryParents) {
    try {
      if (!parent || freeBytes(parent) < minFreeBytes) continue
      removeStaleFolders(parent)
      return mkdtempSync(join(parent, `skein-temporary-${process.pid}-`))
    } catch {
      // The next one may be writable.
    }
  }
  return undefined
}

function readFreeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** Removes folders of earlier runs. Chromium may write after the end of a run, which creates a removed folder again. */
function removeStaleFolders(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^skein-temporary-(\d+)-/.exec(name)?.[1]
    if (pid !== undefined && !isProcessRunning(Number(pid)))
      removeIfPossible(join(parent, name), { recursive: true })
  }
}

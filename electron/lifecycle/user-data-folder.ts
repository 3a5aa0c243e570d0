import { mkdtempSync, readdirSync, readlinkSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import { errorCode } from '../platform/file-errors.ts'
import { findWriteProblem } from '../storage/data-folder.ts'

/** With less than this Chromium's own databases fail, and with them the locks that tell of a thread's death. */
const minFreeBytes = 32 * 1024 * 1024

/**
 * Settings of both hosts lie in one folder, and what Chromium keeps in a folder below. Where it has no room for that,
 * or cannot be written at all, Chromium gets a folder that is removed at the end; the settings file tells the user. To
 * be called first. Answers whether a lock against a second copy can be had.
 */
export function configureUserDataFolder(folder: string): boolean {
  const isWritable = findWriteProblem(folder) === undefined
  // The disk may have become full since: to a copy that runs an order is handed over without writing.
  const canLock = isWritable || isLockedByRunningInstance(folder)
  if (canLock) app.setPath('userData', folder)
  const below = join(folder, 'browser')
  if (isWritable && findWriteProblem(below) === undefined && freeBytes(below) >= minFreeBytes) {
    app.setPath('sessionData', below)
    return true
  }
  const passing = makeTemporaryFolder()
  if (passing === undefined) return canLock
  if (!canLock) app.setPath('userData', passing)
  app.setPath('sessionData', passing)
  app.on('quit', () => removeFolder(passing))
  return canLock
}

/** Whether a Skein runs whose data folder this is: Chromium's lock is a link whose target ends with the process's number. */
function isLockedByRunningInstance(folder: string): boolean {
  try {
    const pid = /-(\d+)$/.exec(readlinkSync(join(folder, 'SingletonLock')))?.[1]
    return pid !== undefined && isProcessRunning(Number(pid))
  } catch {
    return false
  }
}

/** A new folder for this run alone, in memory where the system has such a place. */
function makeTemporaryFolder(): string | undefined {
  for (const place of [process.env.XDG_RUNTIME_DIR, tmpdir(), '/dev/shm']) {
    try {
      if (!place || freeBytes(place) < minFreeBytes) continue
      removeStaleFolders(place)
      return mkdtempSync(join(place, `skein-passing-${process.pid}-`))
    } catch {
      // The next place may be better.
    }
  }
  return undefined
}

/** Free bytes; as many as one likes where the system does not tell. */
function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** Chromium writes a little after the end has begun, which brings a removed folder back. */
function removeStaleFolders(place: string): void {
  for (const name of readdirSync(place)) {
    const pid = /^skein-passing-(\d+)-/.exec(name)?.[1]
    if (pid !== undefined && !isProcessRunning(Number(pid))) removeFolder(join(place, name))
  }
}

function isProcessRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // It is someone else's, or Chromium still writes to it; the system clears such places.
  }
}

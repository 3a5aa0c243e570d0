import { mkdtempSync, readdirSync, readlinkSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import { whyUnsavable } from './library/data-folder.ts'
import { errorCode } from './library/reasons.ts'

/** With less than this Chromium's own databases fail, and with them the locks that tell of a thread's death. */
const leastBytes = 32 * 1024 * 1024

/**
 * Settings of both hosts lie in one folder, and what Chromium keeps in a folder below. Where it has no room for that,
 * or cannot be written at all, Chromium gets a folder that is removed at the end; the settings file tells the user. To
 * be called first. Answers whether a lock against a second copy can be had.
 */
export function keepDataIn(folder: string): boolean {
  const isWritable = whyUnsavable(folder) === undefined
  // The disk may have become full since: to a copy that runs an order is handed over without writing.
  const canLock = isWritable || runsIn(folder)
  if (canLock) app.setPath('userData', folder)
  const below = join(folder, 'browser')
  if (isWritable && whyUnsavable(below) === undefined && room(below) >= leastBytes) {
    app.setPath('sessionData', below)
    return true
  }
  const passing = passingFolder()
  if (passing === undefined) return canLock
  if (!canLock) app.setPath('userData', passing)
  app.setPath('sessionData', passing)
  app.on('quit', () => forget(passing))
  return canLock
}

/** Whether a Skein runs whose data folder this is: Chromium's lock is a link whose target ends with the process's number. */
function runsIn(folder: string): boolean {
  try {
    const pid = /-(\d+)$/.exec(readlinkSync(join(folder, 'SingletonLock')))?.[1]
    return pid !== undefined && isRunning(Number(pid))
  } catch {
    return false
  }
}

/** A new folder for this run alone, in memory where the system has such a place. */
function passingFolder(): string | undefined {
  for (const place of [process.env.XDG_RUNTIME_DIR, tmpdir(), '/dev/shm']) {
    try {
      if (!place || room(place) < leastBytes) continue
      forgetFormer(place)
      return mkdtempSync(join(place, `skein-passing-${process.pid}-`))
    } catch {
      // The next place may be better.
    }
  }
  return undefined
}

/** Free bytes; as many as one likes where the system does not tell. */
function room(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** Chromium writes a little after the end has begun, which brings a removed folder back. */
function forgetFormer(place: string): void {
  for (const name of readdirSync(place)) {
    const pid = /^skein-passing-(\d+)-/.exec(name)?.[1]
    if (pid !== undefined && !isRunning(Number(pid))) forget(join(place, name))
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

function forget(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // It is someone else's, or Chromium still writes to it; the system clears such places.
  }
}

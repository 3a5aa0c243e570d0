import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import { whyUnsavable } from './library/data-folder.ts'

/** With less than this Chromium's own databases fail, and with them the locks that tell of a thread's death. */
const leastBytes = 32 * 1024 * 1024

/**
 * Settings of both hosts lie in one folder, and what Chromium keeps in a folder below. Where that folder cannot be
 * written Chromium gets one that is removed at the end; the settings file tells the user. To be called first. Answers
 * whether a lock against a second copy can be had.
 */
export function keepDataIn(folder: string): boolean {
  if (canHold(folder)) {
    mkdirSync(join(folder, 'browser'), { recursive: true })
    app.setPath('userData', folder)
    app.setPath('sessionData', join(folder, 'browser'))
    return true
  }
  const passing = passingFolder()
  if (passing === undefined) return false
  app.setPath('userData', passing)
  app.setPath('sessionData', passing)
  app.on('quit', () => forget(passing))
  return false
}

function canHold(folder: string): boolean {
  if (whyUnsavable(folder) !== undefined || whyUnsavable(join(folder, 'browser')) !== undefined) return false
  return room(folder) >= leastBytes
}

/** A new folder that is gone at the next start, in memory where the system has such a place. */
function passingFolder(): string | undefined {
  for (const place of [process.env.XDG_RUNTIME_DIR, tmpdir(), '/dev/shm']) {
    try {
      if (place && room(place) >= leastBytes) return mkdtempSync(join(place, 'skein-'))
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

function forget(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // Chromium may still write to it; the system clears such places.
  }
}

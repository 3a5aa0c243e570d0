import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { isProcessRunning } from '../platform/process-running.ts'
import { removeIfPossible } from '../platform/remove-if-possible.ts'

const markerName = /^scan-(\d+)\.json$/
const markerSchema = v.object({ folder: v.pipe(v.string(), v.minLength(1)) })

/**
 * Records in the data folder which folder this process scans, so that the next start knows the folder whose scan a crash
 * interrupted. Each process has its own file, because two hosts may share the data folder.
 */
export class ScanMarker {
  readonly #dataFolder: string
  readonly #path: string
  #isSet = false

  constructor(dataFolder: string) {
    this.#dataFolder = dataFolder
    this.#path = markerPath(dataFolder, process.pid)
  }

  /**
   * Returns the folders whose scans were interrupted by the end of their process. They stay recorded until the next scan
   * begins. Call it before the first scan: a marker with the number of this process is then one of a crashed process.
   */
  readInterruptedFolders(): readonly string[] {
    const abandoned = this.#markerPids().filter((pid) => pid === process.pid || !isProcessRunning(pid))
    return abandoned.flatMap((pid) => readMarker(markerPath(this.#dataFolder, pid)) ?? [])
  }

  /** Call it before a scan begins. What was interrupted earlier is forgotten: the user has a folder again. */
  set(folder: string): void {
    try {
      writeFileSync(this.#path, JSON.stringify({ folder }), { mode: 0o600 })
      this.#isSet = true
    } catch {
      // The settings cannot be saved either, and that is reported.
    }
    for (const pid of this.#markerPids())
      if (!isProcessRunning(pid)) removeIfPossible(markerPath(this.#dataFolder, pid))
  }

  /** Call it when no scan runs any more, and at the end of the process. */
  clear(): void {
    if (this.#isSet) removeIfPossible(this.#path)
    this.#isSet = false
  }

  #markerPids(): readonly number[] {
    try {
      const names = readdirSync(this.#dataFolder)
      return names.flatMap((name) => markerName.exec(name)?.slice(1).map(Number) ?? [])
    } catch {
      return []
    }
  }
}

function markerPath(dataFolder: string, pid: number): string {
  return join(dataFolder, `scan-${pid}.json`)
}

/** Returns undefined for a marker that a full disk has left empty. */
function readMarker(path: string): string | undefined {
  try {
    return v.parse(markerSchema, JSON.parse(readFileSync(path, 'utf8'))).folder
  } catch {
    return undefined
  }
}

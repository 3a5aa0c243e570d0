import { noScan, type ScanProgress } from '../../../shared/host-api.ts'

/** Milliseconds over which the speed is measured. */
const speedWindow = 5000
/** Milliseconds between two readings. */
const readingInterval = 50
/** Milliseconds before the first speed is known well enough to be shown. */
const minMeasuredTime = 1000

interface Reading {
  readonly time: number
  readonly done: number
}

/** Counts what a scan has done, and measures its speed without the time of pauses. */
export class ProgressCounter {
  readonly #now: () => number
  #progress: ScanProgress = { ...noScan, running: true }
  #readings: Reading[] = []
  #work = 0

  constructor(now = () => performance.now()) {
    this.#now = now
  }

  get progress(): ScanProgress {
    return this.#progress
  }

  add(counts: Partial<Pick<ScanProgress, 'found' | 'read' | 'unchanged' | 'unreadable'>>): void {
    const { found, read, unchanged, unreadable } = this.#progress
    this.#progress = {
      ...this.#progress,
      found: found + (counts.found ?? 0),
      read: read + (counts.read ?? 0),
      unchanged: unchanged + (counts.unchanged ?? 0),
      unreadable: unreadable + (counts.unreadable ?? 0),
    }
    this.#work += (counts.read ?? 0) - (counts.unchanged ?? 0) + (counts.unreadable ?? 0)
    this.#measure()
  }

  set(change: Partial<Pick<ScanProgress, 'running' | 'walked' | 'stopped' | 'paused'>>): void {
    this.#progress = { ...this.#progress, ...change }
    // The time of a pause is not part of the speed.
    if (change.paused !== undefined) this.#readings = []
    this.#measure()
  }

  #measure(): void {
    const time = this.#now()
    const last = this.#readings.at(-1)
    if (last === undefined || time - last.time >= readingInterval)
      this.#readings.push({ time, done: this.#work })
    while (this.#readings.length > 2 && (this.#readings[1]?.time ?? time) < time - speedWindow)
      this.#readings.shift()
    const first = this.#readings[0]
    const elapsed = time - (first?.time ?? time)
    const { running, paused, walked, found, read, unreadable, speed } = this.#progress
    const isMeasured = elapsed >= minMeasuredTime && first !== undefined && !paused && running
    const present = isMeasured ? ((this.#work - first.done) / elapsed) * 1000 : running ? speed : undefined
    const left = found - read - unreadable
    this.#progress = {
      ...this.#progress,
      speed: present,
      secondsLeft: walked && running && present !== undefined && present > 0 ? left / present : undefined,
    }
  }
}

import type { BigIntStats } from 'node:fs'

/** What tells, without reading a file, whether it is the same as at an earlier time. */
export interface FileVersion {
  readonly size: number
  /** Nanoseconds since 1970; empty if the file may still change without a new time. */
  readonly modifiedNs: string
  /** The numbers of the device and the file, which stay when a file is renamed; undefined where there are none. */
  readonly fileId: string | undefined
}

/** Nanoseconds within which a file system with precise times gives two changes the same time. */
const tickNs = 50_000_000n
/** The same for file systems whose times are rounded. FAT has the coarsest: two seconds. */
const coarseTickNs = 3_000_000_000n
const nsPerMs = 1_000_000n

export function fileVersion(stats: BigIntStats, now = Date.now()): FileVersion {
  const { size, mtimeNs, dev, ino } = stats
  return {
    size: Number(size),
    modifiedNs: settledTime(mtimeNs, now),
    fileId: ino === 0n ? undefined : `${dev}:${ino}`,
  }
}

/**
 * Returns the time of the last change as text. It is empty if that is so close to `now`, in milliseconds, that a later
 * change could get the same time.
 */
export function settledTime(modifiedNs: bigint, now: number): string {
  const distance = BigInt(Math.trunc(now)) * nsPerMs - modifiedNs
  const tick = modifiedNs % nsPerMs === 0n ? coarseTickNs : tickNs
  return distance > -tick && distance < tick ? '' : String(modifiedNs)
}

/** Whether a file has neither another size nor another time. The number of a file is not stable on every file system. */
export function isSameVersion(a: FileVersion, b: FileVersion): boolean {
  return a.size === b.size && a.modifiedNs === b.modifiedNs && a.modifiedNs !== ''
}

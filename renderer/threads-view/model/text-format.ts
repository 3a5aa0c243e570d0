import type { ObjectKind } from '@skein/threading/inspect'

/** Shown in place of a missing value. */
export const noValueText = '—'

/**
 * Returns a duration as a short text, rounded down: `38 µs`, `12 ms`, `3.4 s`, `42 s`, `2 min 05 s`, `1 h 02 min`.
 * `ms` below 0 counts as 0: clocks of two processes may be a little apart.
 */
export function formatDuration(ms: number): string {
  if (ms < 1) return `${Math.max(0, Math.floor(ms * 1000))} µs`
  if (ms < 10) return `${(Math.floor(ms * 10) / 10).toFixed(1)} ms`
  return formatElapsed(ms)
}

/** Returns a running duration as a text. Begins with whole milliseconds, because finer numbers only flicker. */
export function formatElapsed(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.floor(ms))} ms`
  if (ms < 10_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`
  if (ms < 60_000) return `${Math.floor(ms / 1_000)} s`
  const seconds = Math.floor(ms / 1_000)
  if (ms < 3_600_000) return `${Math.floor(seconds / 60)} min ${padTwoDigits(seconds % 60)} s`
  const minutes = Math.floor(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${padTwoDigits(minutes % 60)} min`
}

/** The time of day of a moment in ms since 1970, to the millisecond: `14:05:09.042`. */
export function formatTimeOfDay(at: number): string {
  const date = new Date(at)
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(padTwoDigits).join(':')
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

/** Returns an object's name, such as `commands`, or its number if it has no name. */
export const objectName = (name: string, id: number): string => (name === '' ? `#${id}` : name)

/** `Queue commands`. */
export const objectLabel = (kind: ObjectKind, name: string, id: number): string =>
  `${kind} ${objectName(name, id)}`

/** Returns a process's name as a heading: `Player`. */
export const processTitle = (process: string): string => process.charAt(0).toUpperCase() + process.slice(1)

const padTwoDigits = (number: number): string => String(number).padStart(2, '0')

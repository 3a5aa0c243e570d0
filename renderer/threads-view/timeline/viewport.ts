import { m } from '../../../shared/i18n/messages.js'
import { getLocale } from '../../../shared/i18n/runtime.js'

/** A part of time, in ms since 1970. */
export interface Extent {
  readonly from: number
  readonly to: number
}

/** The minimum and the maximum length of time that can be shown, in ms. */
export const minSpan = 1
export const maxSpan = 60_000

/** Zooms so that the moment `about` stays where it is; a factor below 1 shows less time. */
export function zoomExtent(shown: Extent, about: number, factor: number, known: Extent): Extent {
  const span = shown.to - shown.from
  const newSpan = Math.min(maxSpan, Math.max(minSpan, span * factor))
  const share = (about - shown.from) / span
  const from = about - share * newSpan
  return clampExtent({ from, to: from + newSpan }, known)
}

/** Moves by so many ms; positive numbers move to later times. */
export const panExtent = (shown: Extent, by: number, known: Extent): Extent =>
  clampExtent({ from: shown.from + by, to: shown.to + by }, known)

/** Moves a time into the known time without changing its length. If it is longer, its end fits. */
function clampExtent({ from, to }: Extent, known: Extent): Extent {
  const early = Math.max(0, known.from - from)
  const late = Math.max(0, to + early - known.to)
  return { from: from + early - late, to: to + early - late }
}

/** Returns the division of the axis: 1, 2 or 5 times a power of ten, so that each division has at least `room` of `width` pixels. */
export function tickStep(span: number, width: number, room: number): number {
  const minStep = (span * room) / Math.max(1, width)
  const power = 10 ** Math.floor(Math.log10(minStep))
  for (const factor of [1, 2, 5]) if (factor * power >= minStep * 0.999) return factor * power
  return 10 * power
}

/**
 * Returns the label of a moment on the axis, relative to now: `now`, `−8 s`, `−1.25 s`, `−3,214.25 ms`. It has enough
 * decimals to differ from its neighbours, which are `step` ms away.
 */
export function formatTick(sinceNow: number, step: number): string {
  if (Math.abs(sinceNow) < step / 1000) return m.threads_moment_now()
  const [unit, size] = step >= 1 ? ['s', 1000] : ['ms', 1]
  const decimals = Math.min(6, Math.max(0, -Math.floor(Math.log10(step / size) + 1e-9)))
  const number = Math.abs(sinceNow / size).toLocaleString(getLocale(), {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
  return `${sinceNow < 0 ? '−' : '+'}${number} ${unit}`
}

/** Returns a length of time as a short text: `60 s`, `1.25 s`, `340 ms`, `2.5 ms`. */
export function formatSpan(ms: number): string {
  if (ms >= 1000) return `${Number((ms / 1000).toPrecision(3))} s`
  return `${Number(ms.toPrecision(3))} ms`
}

/** A stretch of time, in ms since 1970. */
import { m } from '../../../shared/i18n/messages.js'
import { getLocale } from '../../../shared/i18n/runtime.js'

export interface Extent {
  readonly from: number
  readonly to: number
}

/** The least and the most time that can be shown, in ms. */
export const minSpan = 1
export const maxSpan = 60_000

/** Zooms so that the moment `about` stays where it is; a factor below 1 shows less time. */
export function zoomExtent(shown: Extent, about: number, factor: number, known: Extent): Extent {
  const span = shown.to - shown.from
  const wanted = Math.min(maxSpan, Math.max(minSpan, span * factor))
  const place = (about - shown.from) / span
  const from = about - place * wanted
  return clampExtent({ from, to: from + wanted }, known)
}

/** Moves by so many ms, later where positive. */
export const panExtent = (shown: Extent, by: number, known: Extent): Extent =>
  clampExtent({ from: shown.from + by, to: shown.to + by }, known)

/** The same length of time, moved into what is known; its end counts where it is longer than that. */
function clampExtent({ from, to }: Extent, known: Extent): Extent {
  const early = Math.max(0, known.from - from)
  const late = Math.max(0, to + early - known.to)
  return { from: from + early - late, to: to + early - late }
}

/** Divisions of the axis: 1, 2 or 5 times a power of ten, so that each has at least `room` of `width` pixels. */
export function tickStep(span: number, width: number, room: number): number {
  const least = (span * room) / Math.max(1, width)
  const power = 10 ** Math.floor(Math.log10(least))
  for (const factor of [1, 2, 5]) if (factor * power >= least * 0.999) return factor * power
  return 10 * power
}

/**
 * A moment of the axis in words, counted from `now`: `now`, `−8 s`, `−1.25 s`, `−3,214.25 ms`. As many decimals as
 * tell it from its neighbours, `step` ms away.
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

/** A length of time as short as stays true: `60 s`, `1.25 s`, `340 ms`, `2.5 ms`. */
export function formatSpan(ms: number): string {
  if (ms >= 1000) return `${Number((ms / 1000).toPrecision(3))} s`
  return `${Number(ms.toPrecision(3))} ms`
}

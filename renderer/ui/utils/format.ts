import { getLocale } from '../../../shared/i18n/runtime.js'

/** Formats seconds like `1:05` or `1:02:03`; `–:––` if the length is unknown. */
export function formatDuration(seconds: number | undefined): string {
  if (seconds === undefined || !Number.isFinite(seconds) || seconds < 0) return '–:––'
  const totalSeconds = Math.floor(seconds)
  const hours = Math.floor(totalSeconds / 3600)
  const minutes = Math.floor(totalSeconds / 60) % 60
  const secondsText = String(totalSeconds % 60).padStart(2, '0')
  return hours > 0
    ? `${hours}:${String(minutes).padStart(2, '0')}:${secondsText}`
    : `${minutes}:${secondsText}`
}

/** Formats a number like `20,000`. */
export const formatNumber = (value: number): string => value.toLocaleString(getLocale())

/** Formats a number with this many digits after the point. */
export const formatFixed = (value: number, digits: number): string =>
  value.toLocaleString(getLocale(), { minimumFractionDigits: digits, maximumFractionDigits: digits })

/** Formats a list like `a, b, and c`. */
export const formatList = (items: readonly string[]): string => new Intl.ListFormat(getLocale()).format(items)

/** Formats milliseconds since 1970 as a date; empty if undefined. */
export const formatDate = (time: number | undefined): string =>
  time === undefined
    ? ''
    : new Date(time).toLocaleDateString(getLocale(), { year: 'numeric', month: 'short', day: 'numeric' })

/** Formats milliseconds since 1970 as a time of today, or else as a date with the time. */
export function formatTime(time: number): string {
  const date = new Date(time)
  const isToday = date.toDateString() === new Date().toDateString()
  return isToday
    ? date.toLocaleTimeString(getLocale(), { timeStyle: 'short' })
    : date.toLocaleString(getLocale(), { dateStyle: 'medium', timeStyle: 'short' })
}

/** Formats seconds like `48 min` or `3 hr 12 min`. */
export function formatLongDuration(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60))
  const hours = Math.floor(minutes / 60)
  const parts = [
    ...(hours > 0 ? [formatUnit(hours, 'hour')] : []),
    ...(minutes % 60 > 0 || hours === 0 ? [formatUnit(minutes % 60, 'minute')] : []),
  ]
  return parts.join(' ')
}

const formatUnit = (value: number, unit: 'hour' | 'minute'): string =>
  value.toLocaleString(getLocale(), { style: 'unit', unit, unitDisplay: 'short' })

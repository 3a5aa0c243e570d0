import { getLocale } from '../../../shared/i18n/runtime.js'

/** `1:05`, `1:02:03`; `–:––` where the length is unknown. */
export function formatDuration(seconds: number | undefined): string {
  if (seconds === undefined || !Number.isFinite(seconds) || seconds < 0) return '–:––'
  const whole = Math.floor(seconds)
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor(whole / 60) % 60
  const rest = String(whole % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

/** `20,000` */
export const formatNumber = (value: number): string => value.toLocaleString(getLocale())

/** `a, b and c` */
export const formatList = (words: readonly string[]): string => new Intl.ListFormat(getLocale()).format(words)

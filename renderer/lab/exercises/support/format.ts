import { m } from '../../../../shared/i18n/messages.js'
import { getLocale } from '../../../../shared/i18n/runtime.js'

/** `1,000` */
export const formatNumber = (value: number, options?: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(getLocale(), options).format(value)

/** `one, two, and three` */
export const joinNames = (names: readonly string[]): string =>
  new Intl.ListFormat(getLocale(), { type: 'conjunction' }).format(names)

/** `0.3 s`, `25 ms` */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return m.lab_duration_ms({ value: formatNumber(Math.round(milliseconds)) })
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 }
  return m.lab_duration_s({ value: formatNumber(milliseconds / 1000, digits) })
}

export const formatYesNo = (value: boolean): string => (value ? m.lab_yes() : m.lab_no())

import { m } from '../../../shared/i18n/messages.js'
import { formatFixed } from '../../ui/utils/format.ts'

export const crossfadeText = (seconds: number): string =>
  seconds === 0 ? m.sound_off() : m.sound_seconds({ seconds: formatFixed(seconds, 1) })

/** Returns decibels with their sign, like `+3.0 dB`. */
export const decibelText = (decibels: number): string => m.sound_decibels({ decibels: signed(decibels, 1) })

/** Returns the number alone, like `+3` or `−0.5`. */
export const shortDecibelText = (decibels: number): string =>
  signed(decibels, Number.isInteger(decibels) ? 0 : 1)

function signed(value: number, digits: number): string {
  const sign = value > 0 ? '+' : value < 0 ? '−' : ''
  return `${sign}${formatFixed(Math.abs(value), digits)}`
}

export function balanceText(balance: number): string {
  const percent = Math.round(Math.abs(balance) * 100)
  if (percent === 0) return m.sound_balance_centre()
  return balance < 0 ? m.sound_balance_left({ percent }) : m.sound_balance_right({ percent })
}

export const speedText = (speed: number): string => m.sound_speed_factor({ factor: formatFixed(speed, 2) })

/** Returns a band's frequency as its label: `500` or `4k`. */
export const bandLabel = (frequency: number): string =>
  frequency < 1000 ? String(Math.round(frequency)) : m.sound_kilo({ number: frequency / 1000 })

/** Returns a band's frequency for a screen reader: `500 Hz` or `4 kHz`. */
export const bandName = (frequency: number): string =>
  frequency < 1000
    ? m.sound_band_hertz({ frequency: Math.round(frequency) })
    : m.sound_band_kilohertz({ frequency: frequency / 1000 })

import { m } from '../../../shared/i18n/messages.js'
import { getLocale } from '../../../shared/i18n/runtime.js'
import type { ListedPicture, TrackDetails } from '../../../shared/library/track-details.ts'
import { formatDuration, formatNumber } from '../../ui/utils/format.ts'

/** A name and a value to show. */
export type Fact = readonly [name: string, value: string]

export function fileFacts({ path, bytes, modifiedAt }: TrackDetails): Fact[] {
  return [
    [m.properties_path(), path],
    [m.properties_size(), formatBytes(bytes)],
    [m.properties_modified(), formatDate(modifiedAt)],
  ]
}

/** Returns what is known of the sound. */
export function soundFacts(details: TrackDetails): Fact[] {
  const { codec, duration, bitrate, sampleRate, channels, bits } = details
  const facts: (Fact | undefined)[] = [
    codec === undefined ? undefined : [m.properties_codec(), codec],
    duration === undefined ? undefined : [m.properties_duration(), formatDuration(duration)],
    bitrate === undefined
      ? undefined
      : [
          m.properties_bitrate(),
          m.properties_bitrate_value({ kilobits: formatNumber(Math.round(bitrate / 1000)) }),
        ],
    sampleRate === undefined
      ? undefined
      : [m.properties_sample_rate(), m.properties_sample_rate_value({ hertz: formatNumber(sampleRate) })],
    channels === undefined ? undefined : [m.properties_channels(), formatNumber(channels)],
    bits === undefined ? undefined : [m.properties_bits(), formatNumber(bits)],
  ]
  return facts.filter((fact) => fact !== undefined)
}

export function pictureText({ type, width, height, bytes }: ListedPicture): string {
  const name = type.replace(/^image\//, '').toUpperCase()
  return m.properties_picture({ type: name, width, height, size: formatBytes(bytes) })
}

/** Formats a size like `3.2 MB`, by the same units as most file managers. */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const exponent = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const unit = units[exponent] ?? 'byte'
  return new Intl.NumberFormat(getLocale(), {
    style: 'unit',
    unit,
    unitDisplay: exponent === 0 ? 'long' : 'short',
    maximumFractionDigits: exponent === 0 ? 0 : 1,
  }).format(bytes / 1000 ** exponent)
}

function formatDate(time: number): string {
  return new Date(time).toLocaleString(getLocale(), { dateStyle: 'medium', timeStyle: 'short' })
}

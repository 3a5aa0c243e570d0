import { m } from '../../../shared/i18n/messages.js'
import { isolate } from '../../../shared/isolate-text.ts'
import type { ReplayGain } from '../../../shared/library/track.ts'
import type { GainField } from '../tags/media-reading.ts'

/** Returns the first value of a field. */
type FieldReader = (field: GainField) => string | undefined

/** No song is that loud or that quiet, in decibels. */
const maxGain = 64
/** Sound that is clipped can exceed full scale, but not by much more than 30 dB. */
const maxPeak = 64
/** R128 refers to −23 LUFS, ReplayGain to −18 LUFS. */
const r128Offset = 5

/** What tags state about the volume, and sentences for the user about values that are left out. */
export interface ReadReplayGain {
  readonly replayGain: ReplayGain | undefined
  readonly warnings: readonly string[]
}

/** Returns the gains and peaks; undefined if a file has none. Opus files state them in the form of R128. */
export function readReplayGain(first: FieldReader, codec: string | undefined): ReadReplayGain {
  const warnings: string[] = []
  const read = (field: GainField, parse: (text: string) => number | undefined): number | undefined => {
    const text = first(field)
    const value = text === undefined ? undefined : parse(text)
    if (text !== undefined && value === undefined)
      warnings.push(m.host_replay_gain_invalid({ value: isolate(text.slice(0, 40)) }))
    return value
  }
  const gain = (field: 'trackGain' | 'albumGain', r128Field: 'r128TrackGain' | 'r128AlbumGain') => {
    const replayGain = read(field, parseGain)
    const r128 = read(r128Field, parseR128)
    return codec === 'Opus' ? (r128 ?? replayGain) : (replayGain ?? r128)
  }
  const values: ReplayGain = {
    trackGain: gain('trackGain', 'r128TrackGain'),
    trackPeak: read('trackPeak', parsePeak),
    albumGain: gain('albumGain', 'r128AlbumGain'),
    albumPeak: read('albumPeak', parsePeak),
  }
  const isEmpty = Object.values(values).every((value) => value === undefined)
  return { replayGain: isEmpty ? undefined : values, warnings }
}

/** Understands `-6.48 dB`, `+3,1 dB` and `2`. */
function parseGain(text: string): number | undefined {
  const [, digits] = /^\s*([+-]?(?:\d{1,6}(?:[.,]\d*)?|[.,]\d+))\s*(?:dB|LU)?\s*$/i.exec(text) ?? []
  return limit(digits, maxGain)
}

/** A whole number of 1/256 dB. */
function parseR128(text: string): number | undefined {
  const [, digits] = /^\s*([+-]?\d{1,6})\s*$/.exec(text) ?? []
  return digits === undefined ? undefined : limit(String(Number(digits) / 256 + r128Offset), maxGain)
}

function parsePeak(text: string): number | undefined {
  const [, digits] = /^\s*\+?(\d{1,6}(?:[.,]\d*)?|[.,]\d+)\s*$/.exec(text) ?? []
  return limit(digits, maxPeak)
}

function limit(digits: string | undefined, max: number): number | undefined {
  if (digits === undefined) return undefined
  const value = Number(digits.replace(',', '.'))
  return Math.abs(value) <= max ? value : undefined
}

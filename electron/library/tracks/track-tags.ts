import { parse } from 'node:path'
import type { TrackTags } from '../../../shared/library/track.ts'
import { parseDate } from '../tags/dates.ts'
import type { MediaReading, TagField } from '../tags/media-reading.ts'
import { sanitizeCount, sanitizeDuration, sanitizeText } from '../tags/sanitize-tags.ts'
import { readReplayGain } from './replay-gain.ts'

/** The maximum of values that a track keeps of one field. */
const maxValues = 100

/** Returns what the library keeps of a file. Without a title it is the file's name. */
export function trackTags(reading: MediaReading, file: string): TrackTags {
  const values = (field: TagField) => sanitizeValues(reading.tags[field] ?? [])
  const first = (field: TagField) => values(field)[0]
  const { replayGain, warnings } = readReplayGain(first, reading.codec)
  return {
    title: first('title') ?? sanitizeText(parse(file).name) ?? '?',
    artists: values('artist'),
    albumArtists: values('albumArtist'),
    album: first('album'),
    disc: parseDisc(first('disc')),
    ...parseTrackNumber(first('track')),
    date: firstDate(values('date')) ?? firstDate(values('originalDate')),
    titleSort: first('titleSort'),
    artistSorts: values('artistSort'),
    albumArtistSorts: values('albumArtistSort'),
    albumSort: first('albumSort'),
    discSubtitle: first('discSubtitle'),
    originalDate: firstDate(values('originalDate')),
    isCompilation: /^(?:1|true|yes)$/i.test(first('compilation') ?? ''),
    replayGain,
    genres: values('genre'),
    composers: values('composer'),
    duration: sanitizeDuration(reading.duration),
    codec: reading.codec,
    isPlayable: reading.isPlayable,
    warnings: [...reading.warnings, ...warnings],
  }
}

/** Returns each text once, in its order. */
function sanitizeValues(values: readonly string[]): string[] {
  const texts = values.slice(0, maxValues).map(sanitizeText)
  return [...new Set(texts.filter((text) => text !== undefined))]
}

function parseDisc(text: string | undefined): number | undefined {
  const [, digits] = /^\s*(\d{1,4})/.exec(text ?? '') ?? []
  return sanitizeCount(Number(digits), 9_999)
}

/** Understands `7`, `07/12`, and the numbers of records: `A1`, `B`. */
function parseTrackNumber(text: string | undefined): Pick<TrackTags, 'side' | 'number'> {
  const [, side, digits] = /^\s*([A-Za-z]?)\s*(\d{0,5})\s*(?:\/.*)?$/.exec(text ?? '') ?? []
  return {
    side: side ? side.toUpperCase() : undefined,
    number: digits ? sanitizeCount(Number(digits), 99_999) : undefined,
  }
}

/** Returns the first date that can be understood. A tag may have several, in other fields or other notations. */
function firstDate(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const date = parseDate(text)
    if (date !== undefined) return date
  }
  return undefined
}

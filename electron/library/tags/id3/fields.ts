import type { TagField } from '../media-reading.ts'
import { type FieldNames, isNumberField, withFreeNames } from '../named-values.ts'
import { type RawText, toAsciiString } from '../text/raw-tags.ts'
import { readTextValues, readValues, splitDescription } from './frame-text.ts'
import { readRelativeVolume } from './relative-volume.ts'

/** The values of a tag's text frames, by the frame's name in v2.3 and v2.4; those of TXXX by `TXXX:` and its description. */
export type FrameValues = Map<string, RawText[]>

const namesOfVersion2: Readonly<Record<string, string>> = {
  TT2: 'TIT2',
  TP1: 'TPE1',
  TP2: 'TPE2',
  TAL: 'TALB',
  TPA: 'TPOS',
  TRK: 'TRCK',
  TYE: 'TYER',
  TDA: 'TDAT',
  TOR: 'TORY',
  TCO: 'TCON',
  TCM: 'TCOM',
  TST: 'TSOT',
  TSP: 'TSOP',
  TS2: 'TSO2',
  TSA: 'TSOA',
  TCP: 'TCMP',
  TXX: 'TXXX',
}

/** The frames of each field, the one that counts first. Later ones count only if those before are missing. */
const framesOfFields: FieldNames = withFreeNames(
  [
    ['title', ['TIT2', 'TXXX:TITLE']],
    ['artist', ['TPE1', 'TXXX:ARTISTS', 'TXXX:ARTIST']],
    ['albumArtist', ['TPE2', 'TXXX:ALBUMARTIST', 'TXXX:ALBUMARTISTS']],
    ['album', ['TALB', 'TXXX:ALBUM']],
    ['disc', ['TPOS', 'TXXX:DISC', 'TXXX:DISCNUMBER']],
    ['track', ['TRCK', 'TXXX:TRACK', 'TXXX:TRACKNUMBER']],
    ['genre', ['TCON', 'TXXX:GENRE']],
    ['composer', ['TCOM', 'TXXX:COMPOSER']],
    ['titleSort', ['TSOT', 'XSOT']],
    ['artistSort', ['TSOP', 'XSOP']],
    ['albumArtistSort', ['TSO2']],
    ['albumSort', ['TSOA', 'XSOA']],
    ['discSubtitle', ['TSST']],
    ['compilation', ['TCMP']],
  ],
  'TXXX:',
)

/** All of these are dates; the first that can be understood counts. */
const dateFrames = ['TDRC', 'TDAT+TYER', 'TYER', 'TDRL', 'TXXX:DATE', 'TXXX:YEAR']
const originalDateFrames = ['TDOR', 'TORY', 'TXXX:ORIGINALDATE', 'TXXX:ORIGINALYEAR']

/** What `addVolume` adds. It counts only without the texts that more programs write. */
const volumesOfFields: readonly (readonly [TagField, string])[] = [
  ['trackGain', 'RVA2:trackGain'],
  ['trackPeak', 'RVA2:trackPeak'],
  ['albumGain', 'RVA2:albumGain'],
  ['albumPeak', 'RVA2:albumPeak'],
]

/** Adds the volume of the song or the album, which a frame RVA2 states. */
export function addVolume(values: FrameValues, content: Uint8Array): void {
  const { scope, gain, peak } = readRelativeVolume(content) ?? {}
  if (scope === undefined || gain === undefined) return
  append(values, `RVA2:${scope}Gain`, [String(gain)])
  if (peak !== undefined) append(values, `RVA2:${scope}Peak`, [String(peak)])
}

/** Adds the values of a text frame. */
export function addFrame(values: FrameValues, id: string, content: Uint8Array): void {
  const name = namesOfVersion2[id] ?? id
  if (name !== 'TXXX') {
    append(values, name, readTextValues(content))
    return
  }
  const encoding = content[0] ?? 0
  const { description, rest } = splitDescription(content.subarray(1), encoding)
  const [text = ''] = readValues(description, encoding)
  append(values, `TXXX:${plainName(toAsciiString(text))}`, readValues(rest, encoding))
}

/** `Album Artist`, `ALBUM_ARTIST` and `albumartist` are one name. */
function plainName(name: string): string {
  return name.toUpperCase().replace(/[ _-]/g, '')
}

function append(values: FrameValues, name: string, added: RawText[]): void {
  if (added.length === 0) return
  const known = values.get(name)
  if (known === undefined) values.set(name, added)
  else known.push(...added.slice(0, maxValuesPerName))
}

const maxValuesPerName = 100

/** Returns each field's values. */
export function fieldsOfFrames(values: FrameValues): Map<TagField, RawText[]> {
  const fields = new Map<TagField, RawText[]>()
  for (const [field, names] of framesOfFields) {
    const name = names.find((candidate) => values.has(candidate))
    const found = name === undefined ? undefined : values.get(name)
    if (found !== undefined) fields.set(field, isNumberField(field) ? found.map(toAsciiString) : found)
  }
  for (const [field, volume] of volumesOfFields) {
    const found = values.get(volume)
    if (found !== undefined && !fields.has(field)) fields.set(field, found)
  }
  addDayToYear(values)
  for (const [field, names] of [
    ['date', dateFrames],
    ['originalDate', originalDateFrames],
  ] as const) {
    const dates = names.flatMap((name) => values.get(name) ?? [])
    if (dates.length > 0) fields.set(field, dates)
  }
  return fields
}

/** v2.3 has the year in TYER, and the day and month in TDAT: `0605`. */
function addDayToYear(values: FrameValues): void {
  const year = toAsciiString(values.get('TYER')?.[0] ?? '').trim()
  const [, day, month] = /^(\d\d)(\d\d)$/.exec(toAsciiString(values.get('TDAT')?.[0] ?? '').trim()) ?? []
  if (/^\d{4}$/.test(year) && day !== undefined) values.set('TDAT+TYER', [`${year}-${month}-${day}`])
}

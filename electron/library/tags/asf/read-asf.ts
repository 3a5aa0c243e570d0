import { m } from '../../../../shared/i18n/messages.js'
import { parseNow } from '../../../../shared/sound/bytes/byte-parser.ts'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { type AsfLayout, findAsfLayout } from '../../../../shared/sound/containers/asf-layout.ts'
import { codecNames, isEngineCodec } from '../../../../shared/sound/engine-codecs.ts'
import type { MediaReading } from '../media-reading.ts'
import {
  addNamedValues,
  type FieldNames,
  type NamedValues,
  selectFields,
  withFreeNames,
} from '../named-values.ts'
import { sampleSpans } from '../sound-sample.ts'
import { listFields } from '../text/list-fields.ts'
import { sortPictures } from '../text/raw-tags.ts'
import { unplayableWarning } from '../unplayable-warning.ts'
import { type AsfAttribute, readAsfTexts } from './asf-texts.ts'

const fieldNames: FieldNames = withFreeNames([
  ['title', ['TITLE']],
  ['artist', ['AUTHOR', 'WM/AUTHOR', 'ARTIST']],
  ['albumArtist', ['WM/ALBUMARTIST']],
  ['album', ['WM/ALBUMTITLE', 'ALBUM']],
  ['disc', ['WM/PARTOFSET', 'DISC']],
  ['track', ['WM/TRACKNUMBER', 'TRACK']],
  ['date', ['WM/YEAR', 'DATE']],
  ['originalDate', ['WM/ORIGINALRELEASEYEAR', 'WM/ORIGINALRELEASETIME']],
  ['genre', ['WM/GENRE', 'GENRE']],
  ['composer', ['WM/COMPOSER', 'COMPOSER']],
  ['titleSort', ['WM/TITLESORTORDER']],
  ['artistSort', ['WM/ARTISTSORTORDER']],
  ['albumArtistSort', ['WM/ALBUMARTISTSORTORDER']],
  ['albumSort', ['WM/ALBUMSORTORDER']],
  ['discSubtitle', ['WM/SETSUBTITLE']],
  ['compilation', ['WM/ISCOMPILATION']],
])

/** The codings that Skein decodes: versions 1 and 2, Professional and Lossless. */
const decodedFormats: readonly number[] = [0x160, 0x161, 0x162, 0x163]
const maxPictures = 20

/** Reads an ASF file, as Windows Media Audio is stored in; undefined if it has no sound. */
export function readAsf(reader: ByteReader, start: number): MediaReading | undefined {
  const layout = parseNow(reader, findAsfLayout(reader.size, start))
  if (layout === undefined) return undefined
  const attributes = layout.texts.map(([kind, span]) => [...readAsfTexts(reader, kind, span)])
  const { sound, isProtected, isCut } = layout
  const codec = codecName(sound.format)
  const isPlayable = decodedFormats.includes(sound.format) && !isProtected && isEngineCodec(codec)
  const unplayable = unplayableWarning({ isPlayable, isProtected }, codec)
  return {
    tags: selectFields(namedValues(attributes.flat()), fieldNames),
    pictures: sortPictures(
      attributes
        .flat()
        .flatMap(({ picture }) => picture ?? [])
        .slice(0, maxPictures),
    ),
    codec,
    isPlayable,
    duration: readDuration(layout),
    sound: sampleSpans([{ start: layout.start, length: layout.end - layout.start }]),
    format: {
      sampleRate: sound.sampleRate || undefined,
      channels: sound.channelCount || undefined,
      bits: sound.bitDepth || undefined,
    },
    listers: attributes.some(({ length }) => length > 0)
      ? [() => listFields('ASF', attributes.flat().map(listed))]
      : [],
    warnings: [...(unplayable === undefined ? [] : [unplayable]), ...(isCut ? [m.host_file_cut()] : [])],
  }
}

const listed = ({ name, value, bytes }: AsfAttribute): [string, string[]] => [
  name,
  [value ?? m.properties_bytes({ count: bytes })],
]

function namedValues(attributes: readonly AsfAttribute[]): NamedValues {
  const values: NamedValues = new Map()
  for (const { name, value } of attributes)
    if (value !== undefined) addNamedValues(values, name.toUpperCase().replace(/[ _-]/g, ''), [value])
  // An old attribute counts tracks from 0.
  const fromZero = Number(values.get('WM/TRACK')?.[0])
  if (!values.has('WM/TRACKNUMBER') && Number.isInteger(fromZero))
    addNamedValues(values, 'WM/TRACKNUMBER', [String(fromZero + 1)])
  return values
}

function codecName(format: number): string {
  if (decodedFormats.includes(format) || format === 0x0a || format === 0x0b) return codecNames.wma
  return format === 0x55 ? 'MP3' : '?'
}

/** Of a file that is cut short, the share that is there. */
function readDuration({ duration, sound, start, end, isCut }: AsfLayout): number | undefined {
  if (!isCut || sound.bytesPerSecond === 0) return duration || undefined
  return Math.min(duration || Number.POSITIVE_INFINITY, (end - start) / sound.bytesPerSecond)
}

import { m } from '../../../../shared/i18n/messages.js'
import { parseNow } from '../../../../shared/sound/bytes/byte-parser.ts'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { type CafLayout, findCafLayout } from '../../../../shared/sound/containers/caf-layout.ts'
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
import { unplayableWarning } from '../unplayable-warning.ts'

const maxInformationBytes = 64 * 1024

const fieldNames: FieldNames = withFreeNames([
  ['title', ['TITLE']],
  ['artist', ['ARTIST']],
  ['albumArtist', ['ALBUMARTIST']],
  ['album', ['ALBUM']],
  ['disc', ['DISC', 'DISCNUMBER']],
  ['track', ['TRACKNUMBER', 'TRACK']],
  ['date', ['YEAR', 'RECORDEDDATE', 'DATE']],
  ['genre', ['GENRE']],
  ['composer', ['COMPOSER']],
])

const names: Readonly<Record<string, string>> = {
  alac: codecNames.alac,
  lpcm: 'PCM',
  'aac ': 'AAC',
  aach: 'AAC',
  ima4: 'ADPCM',
  alaw: 'A-law',
  ulaw: 'µ-law',
  '.mp3': 'MP3',
  '.mp2': 'MP2',
  flac: 'FLAC',
  opus: 'Opus',
}

/** Reads a Core Audio Format file that begins at `start`; undefined if it has no sound. */
export function readCaf(reader: ByteReader, start: number): MediaReading | undefined {
  const layout = parseNow(reader, findCafLayout(reader.size, start))
  if (layout === undefined || !(layout.sampleRate > 0)) return undefined
  const codec = names[layout.format] ?? (layout.format.replace(/[^\x21-\x7e]/g, ' ').trim() || '?')
  const isPlayable = isEngineCodec(codec)
  const texts = [...readInformation(reader, layout)]
  const values: NamedValues = new Map()
  for (const [name, value] of texts) addNamedValues(values, name.toUpperCase().replace(/[ _-]/g, ''), [value])
  const unplayable = unplayableWarning({ isPlayable }, codec)
  return {
    tags: selectFields(values, fieldNames),
    pictures: [],
    codec,
    isPlayable,
    duration: readDuration(layout),
    sound: sampleSpans([layout.sound]),
    format: {
      sampleRate: layout.sampleRate,
      channels: layout.channelCount || undefined,
      bits: layout.bitsPerChannel || undefined,
    },
    listers:
      texts.length === 0
        ? []
        : [
            () =>
              listFields(
                'CAF',
                texts.map(([name, value]) => [name, [value]]),
              ),
          ],
    warnings: [
      ...(unplayable === undefined ? [] : [unplayable]),
      ...(layout.isCut ? [m.host_file_cut()] : []),
    ],
  }
}

/** Yields the keys and values, each of which ends with a zero. */
function* readInformation(reader: ByteReader, { information }: CafLayout): Generator<[string, string]> {
  if (information === undefined) return
  const bytes = reader.view(information.start + 4, Math.min(information.length - 4, maxInformationBytes))
  const texts = new TextDecoder().decode(bytes).split('\0')
  for (let index = 0; index + 1 < texts.length; index += 2) {
    const [key = '', value = ''] = texts.slice(index, index + 2)
    if (key !== '' && value !== '') yield [key, value]
  }
}

function readDuration(layout: CafLayout): number | undefined {
  const { sampleRate, bytesPerPacket, framesPerPacket, packetTable, sound, isCut } = layout
  const stated = isCut ? 0 : (packetTable?.frames ?? 0)
  const counted = bytesPerPacket > 0 ? Math.floor(sound.length / bytesPerPacket) * framesPerPacket : 0
  return (stated > 0 ? stated : counted) / sampleRate || undefined
}

import { m } from '../../../../shared/i18n/messages.js'
import { parseNow } from '../../../../shared/sound/bytes/byte-parser.ts'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { type AiffLayout, findAiffLayout } from '../../../../shared/sound/pcm/aiff-layout.ts'
import type { TagField } from '../media-reading.ts'
import type { ChunkReading } from '../riff/read-wave.ts'
import { decodeTextValues } from '../riff/text-values.ts'
import { type ByteSpan, sampleSpans } from '../sound-sample.ts'
import { listFields } from '../text/list-fields.ts'

const fields: ReadonlyMap<string, TagField> = new Map([
  ['NAME', 'title'],
  ['AUTH', 'artist'],
])
const maxTextBytes = 4096

/** Reads an AIFF or AIFF-C file; undefined if it has no sound. */
export async function readAiff(reader: ByteReader): Promise<ChunkReading | undefined> {
  const layout = parseNow(reader, findAiffLayout(reader.size))
  if (layout === undefined || layout.sound.length === 0) return undefined
  const { format, isCut } = layout
  const codec = codecName(format.compression)
  const isPlayable = format.coding !== undefined
  return {
    id3Tags: layout.id3Tags.map(({ start }) => start),
    reading: {
      tags: await decodeTextValues(readTexts(reader, layout)),
      pictures: [],
      codec,
      isPlayable,
      duration: readDuration(layout),
      sound: sampleSpans([layout.sound]),
      format: { sampleRate: format.rate, channels: format.channels, bits: format.bits || undefined },
      listers: layout.texts.length === 0 ? [] : [() => listFields('AIFF', listTexts(reader, layout))],
      warnings: [
        ...(isPlayable ? [] : [m.host_codec_unplayable({ codec })]),
        ...(isCut ? [m.host_file_cut()] : []),
      ],
    },
  }
}

function listTexts(reader: ByteReader, { texts }: AiffLayout): [string, Uint8Array[]][] {
  return texts.map(({ id, span }) => [id, [textOf(reader, span)]])
}

function readTexts(reader: ByteReader, { texts }: AiffLayout): [TagField, Uint8Array][] {
  return texts.flatMap(({ id, span }): [TagField, Uint8Array][] => {
    const field = fields.get(id)
    const text = textOf(reader, span)
    return field === undefined || text.length === 0 ? [] : [[field, text]]
  })
}

function textOf(reader: ByteReader, { start, length }: ByteSpan): Uint8Array {
  const bytes = reader.view(start, Math.min(length, maxTextBytes))
  const nul = bytes.indexOf(0)
  return bytes.slice(0, nul < 0 ? bytes.length : nul)
}

/** Without a known size of a sample, the stated number of frames is all there is. */
function readDuration({ format, sound }: AiffLayout): number | undefined {
  const { coding, channels, rate, statedFrames } = format
  const frames = coding === undefined ? statedFrames : Math.floor(sound.length / (coding.width * channels))
  return frames === 0 ? undefined : frames / rate
}

function codecName(compression: string): string {
  switch (compression.toLowerCase()) {
    case 'none':
    case 'twos':
    case 'sowt':
    case 'raw ':
    case 'in24':
    case 'in32':
    case 'fl32':
    case 'fl64':
      return 'PCM'
    case 'alaw':
      return 'A-law'
    case 'ulaw':
      return 'µ-law'
    case 'ima4':
      return 'ADPCM'
    case 'mac3':
    case 'mac6':
      return 'MACE'
    default:
      return compression.trim()
  }
}

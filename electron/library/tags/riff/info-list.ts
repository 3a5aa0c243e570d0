import type { ListedTag } from '../../../../shared/library/track-details.ts'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import type { ByteSpan } from '../../../../shared/sound/pcm/wave-layout.ts'
import type { TagField } from '../media-reading.ts'
import { listFields } from '../text/list-fields.ts'

/** The fields of RIFF INFO, by the names that programs write; the first of several for one field counts. */
const fields: ReadonlyMap<string, TagField> = new Map([
  ['INAM', 'title'],
  ['TITL', 'title'],
  ['IART', 'artist'],
  ['IPRD', 'album'],
  ['IALB', 'album'],
  ['ICRD', 'date'],
  ['YEAR', 'date'],
  ['IGNR', 'genre'],
  ['GENR', 'genre'],
  ['ITRK', 'track'],
  ['IPRT', 'track'],
  ['TRCK', 'track'],
  ['IMUS', 'composer'],
])

const maxFields = 500
const maxValueBytes = 4096
const headerBytes = 8

/** Reads the values of a chunk `LIST` as bytes, because RIFF does not state a code page. None if its type is not `INFO`. */
export function readInfoList(reader: ByteReader, { start, length }: ByteSpan): [TagField, Uint8Array][] {
  return [...infoValues(reader, { start, length })].flatMap(([name, value]): [TagField, Uint8Array][] => {
    const field = fields.get(name.toUpperCase())
    return field === undefined ? [] : [[field, value]]
  })
}

/** Lists all values of a chunk. */
export async function listInfo(reader: ByteReader, list: ByteSpan): Promise<ListedTag> {
  const values = [...infoValues(reader, list)]
  return await listFields(
    'RIFF INFO',
    values.map(([name, value]) => [name, [value]] as const),
  )
}

function* infoValues(
  reader: ByteReader,
  { start, length }: ByteSpan,
): Generator<readonly [string, Uint8Array]> {
  const end = start + length
  if (ascii(reader.view(start, 4)) !== 'INFO') return
  let position = start + 4
  for (let count = 0; count < maxFields && position + headerBytes <= end; count++) {
    const head = reader.view(position, headerBytes)
    if (head.length < headerBytes) break
    const name = ascii(head)
    const size = new DataView(head.buffer, head.byteOffset, headerBytes).getUint32(4, true)
    const content = position + headerBytes
    const stated = Math.min(size, end - content)
    const value = trimValue(reader.view(content, Math.min(stated, maxValueBytes)))
    if (value.length > 0) yield [name, value]
    position = nextField(reader, content + size, end)
  }
}

/** Fields begin at even positions of the file. Some programs leave out the padding, others put two bytes of it. */
function nextField(reader: ByteReader, position: number, end: number): number {
  if (position + headerBytes > end) return end
  const bytes = reader.view(position, 4 + 2)
  const offset = position % 2 === 0 ? [0, 1, 2] : [1, 0]
  return position + (offset.find((offset) => isFieldName(bytes, offset)) ?? position % 2)
}

function isFieldName(bytes: Uint8Array, offset: number): boolean {
  return /^[A-Za-z0-9]{4}$/.test(ascii(bytes.subarray(offset)))
}

/** Returns a copy up to the first NUL; a text of UTF-16 with a byte order mark as a whole. */
function trimValue(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.slice(0, bytes.length - (bytes.length % 2))
  const nul = bytes.indexOf(0)
  return bytes.slice(0, nul < 0 ? bytes.length : nul)
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 4))
}

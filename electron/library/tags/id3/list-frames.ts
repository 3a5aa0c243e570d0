import { m } from '../../../../shared/i18n/messages.js'
import type { ListedTag } from '../../../../shared/library/track-details.ts'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { asciiText } from '../text/bytes.ts'
import { listFields } from '../text/list-fields.ts'
import { type RawText, toAsciiString } from '../text/raw-tags.ts'
import { readFrameContent } from './frame-content.ts'
import { maxTextBytes, readTextValues, readValues, splitDescription } from './frame-text.ts'
import { readRelativeVolume } from './relative-volume.ts'
import type { Id3Frame } from './walk-frames.ts'

type Version = 2 | 3 | 4

/** The frames of a tag. `isUnsynchronised` is whether that has to be undone for each frame. */
export interface FrameSource {
  readonly reader: ByteReader
  readonly frames: readonly Id3Frame[]
  readonly isUnsynchronised: boolean
}

/** Returns all frames of a tag, also those that Skein does not use. */
export async function listFrames(source: FrameSource, version: Version): Promise<ListedTag> {
  const fields = source.frames.map((frame): readonly [string, readonly RawText[]] => {
    const { reader, isUnsynchronised } = source
    const content = readFrameContent(reader, version, frame, maxTextBytes, isUnsynchronised)
    const described = content && describeFrame(frame.id, content.bytes)
    return described ?? [frame.id, [m.properties_bytes({ count: frame.length })]]
  })
  return await listFields(`ID3v2.${version}`, fields)
}

/** Returns a frame's name and values; undefined if it contains no text. */
function describeFrame(id: string, content: Uint8Array): readonly [string, readonly RawText[]] | undefined {
  const encoding = content[0] ?? 0
  if (id === 'TXXX' || id === 'TXX' || id === 'WXXX' || id === 'WXX') {
    const { description, rest } = splitDescription(content.subarray(1), encoding)
    // An address is Latin-1 whatever the encoding of its description is.
    return [nameOf(id, description, encoding), readValues(rest, id.startsWith('W') ? 0 : encoding)]
  }
  if (/^(?:COMM?|USLT|ULT)$/.test(id)) {
    const { description, rest } = splitDescription(content.subarray(4), encoding)
    return [nameOf(id, description, encoding), readValues(rest, encoding)]
  }
  if (id.startsWith('T')) return [id, readTextValues(content)]
  if (id.startsWith('W')) return [id, readValues(content, 0)]
  if (id === 'UFID' || id === 'UFI') return describeIdentifier(id, content)
  if (id === 'RVA2' || id === 'XRVA') return describeVolume(id, content)
  return undefined
}

function nameOf(id: string, description: Uint8Array, encoding: number): string {
  const [text] = readValues(description, encoding)
  return text === undefined ? id : `${id}:${toAsciiString(text)}`
}

/** A database, and the song's identifier in it. */
function describeIdentifier(
  id: string,
  content: Uint8Array,
): readonly [string, readonly RawText[]] | undefined {
  const end = content.indexOf(0)
  const value = asciiText(content.subarray(end + 1))
  return end < 0 || !/^[ -~]*$/.test(value) ? undefined : [`${id}:${asciiText(content, 0, end)}`, [value]]
}

function describeVolume(id: string, content: Uint8Array): readonly [string, readonly RawText[]] | undefined {
  const volume = readRelativeVolume(content)
  return volume && [`${id}:${volume.scope}`, [`${volume.gain} dB`]]
}

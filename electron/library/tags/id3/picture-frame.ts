import { maxPictureBytes } from '../picture.ts'
import { readPictureHeader } from '../picture-header.ts'
import { asciiText } from '../text/bytes.ts'
import type { RawPicture } from '../text/raw-tags.ts'
import { splitDescription } from './frame-text.ts'

/** The picture, and room for its description. */
export const maxPictureFrameBytes = maxPictureBytes + 64 * 1024

/**
 * Reads APIC, or PIC of v2.2: an encoding, a media type, a purpose, a description, and the picture. `offset` is where
 * `content` is in the file, if it is there as it is. Returns undefined if the frame only has a link.
 */
export function readPictureFrame(
  id: string,
  content: Uint8Array,
  offset: number | undefined,
): RawPicture | undefined {
  const typeEnd = id === 'PIC' ? 4 : content.indexOf(0, 1)
  if (typeEnd < 0 || typeEnd >= content.length || asciiText(content, 1, 3) === '-->') return undefined
  const purposeAt = id === 'PIC' ? typeEnd : typeEnd + 1
  const described = content.subarray(purposeAt + 1)
  const start = findPicture(described, content[0] ?? 0)
  if (start === undefined) return undefined
  const bytes = described.subarray(start)
  const type = content[purposeAt] ?? 0
  if (offset === undefined) return { type, source: { bytes } }
  return { type, source: { offset: offset + purposeAt + 1 + start, length: bytes.length } }
}

/** Returns where the picture begins. Descriptions exist that end otherwise than their encoding demands. */
function findPicture(described: Uint8Array, encoding: number): number | undefined {
  const stated = described.length - splitDescription(described, encoding).rest.length
  if (readPictureHeader(described.subarray(stated)) !== undefined) return stated
  for (let at = 0; at < Math.min(described.length, maxDescriptionBytes); at++)
    if (readPictureHeader(described.subarray(at)) !== undefined) return at
  return undefined
}

const maxDescriptionBytes = 1024

import type { TagField, TagValues } from '../media-reading.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })
const windows1252 = new TextDecoder('windows-1252')
const utf16 = new TextDecoder('utf-16le')

/** Returns the values as text: UTF-8 if they are valid, UTF-16 with a byte order mark, else windows-1252. */
export function decodeTextValues(values: readonly [TagField, Uint8Array][]): TagValues {
  const tags: Partial<Record<TagField, readonly string[]>> = {}
  for (const [field, bytes] of values) tags[field] ??= [decodeText(bytes)]
  return tags
}

function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16.decode(bytes)
  try {
    return utf8.decode(bytes)
  } catch {
    return windows1252.decode(bytes)
  }
}

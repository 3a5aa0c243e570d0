import type { TagField, TagValues } from '../media-reading.ts'
import { decodeByteTexts } from '../text/code-pages.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })
const utf16 = new TextDecoder('utf-16le')

/**
 * Returns the values as text: UTF-8 if they are valid, UTF-16 with a byte order mark, else in the code page that is
 * evident from all the others together.
 */
export async function decodeTextValues(values: readonly [TagField, Uint8Array][]): Promise<TagValues> {
  const unicode = values.map(([, bytes]) => decodeUnicode(bytes))
  const others = values.flatMap(([, bytes], index) => (unicode[index] === undefined ? [bytes] : []))
  const decoded = await decodeByteTexts(others)
  const tags: Partial<Record<TagField, readonly string[]>> = {}
  for (const [index, [field]] of values.entries()) {
    const text = unicode[index] ?? decoded.shift() ?? ''
    tags[field] ??= [text]
  }
  return tags
}

function decodeUnicode(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16.decode(bytes)
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

/*
 * SQLite stores UTF-8, and its functions end a text at a NUL character. A path may contain lone surrogates: they stand
 * for bytes that are not valid UTF-8. Both are stored as U+FDD0 and four hexadecimal digits. U+FDD0 is not a character;
 * where a text contains it, it is stored in the same way.
 */

const mark = '\ufdd0'
const unstorable = /\ufdd0|\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const markedUnit = /\ufdd0([0-9a-f]{4})/g

/** Returns the text as it is stored. */
export function encodeText(text: string): string {
  if (text.isWellFormed() && !text.includes('\0') && !text.includes(mark)) return text
  return text.replaceAll(unstorable, (unit) => mark + unit.charCodeAt(0).toString(16).padStart(4, '0'))
}

/** Returns the text of stored bytes. Bytes that are not valid UTF-8 become U+FFFD: the file is damaged there. */
export function decodeText(bytes: ArrayBuffer): string {
  const text = Buffer.from(bytes).toString('utf8')
  if (!text.includes(mark)) return text
  return text.replaceAll(markedUnit, (_all, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  )
}

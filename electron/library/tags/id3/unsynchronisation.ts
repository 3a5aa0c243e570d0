/**
 * Removes the zero byte that unsynchronisation puts after each FF; in place, because a tag may have many megabytes.
 * Returns the bytes unchanged if they contain what looks like the start of an MPEG frame: then a program has set the flag
 * without doing it.
 */
export function undoUnsynchronisation(bytes: Uint8Array): Uint8Array {
  if (!isUnsynchronised(bytes)) return bytes
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    bytes[length++] = byte
    if (byte === 0xff && bytes[at + 1] === 0) at++
  }
  return bytes.subarray(0, length)
}

function isUnsynchronised(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1))
    if ((bytes[at + 1] ?? 0) >= 0xe0) return false
  return true
}

/** The well-known types of a value in `data` (QuickTime File Format, Metadata). */
const utf16 = 2
const signedInteger = 21
const unsignedInteger = 22

/** Texts of which a value consists in files of programs that write several into one. */
const separator = '\0'

/** Returns the texts in a value. Its type is often 0 for text, too. */
export function decodeText(type: number, bytes: Uint8Array): string[] {
  const isInteger = type === signedInteger || type === unsignedInteger
  const text = isInteger && bytes.length <= 8 ? String(readInteger(bytes)) : decodeCharacters(type, bytes)
  return text.split(separator).filter((part) => part.trim() !== '')
}

export function decodeCharacters(type: number, bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (type === utf16 || type === 5) return new TextDecoder('utf-16be').decode(bytes)
  if (type === 3) return new TextDecoder('shift_jis').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function readInteger(bytes: Uint8Array): number {
  let value = 0
  for (const byte of bytes) value = value * 256 + byte
  return value
}

/** Returns `3/12` for the value of `trkn` or `disk`; undefined for none. Some programs write text. */
export function decodePosition(type: number, bytes: Uint8Array): string[] {
  if (type === 1 || (bytes.length > 0 && bytes[0] !== 0)) return decodeText(1, bytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 4) return bytes.length === 2 ? [String(view.getUint16(0))] : []
  const number = view.getUint16(2)
  const total = bytes.length < 6 ? 0 : view.getUint16(4)
  return number === 0 ? [] : [total === 0 ? String(number) : `${number}/${total}`]
}

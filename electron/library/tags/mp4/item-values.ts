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

/** Made once: each takes longer to make than to decode a text. */
const decoders = {
  utf8: new TextDecoder('utf-8', { fatal: true }),
  utf16LittleEndian: new TextDecoder('utf-16le'),
  utf16BigEndian: new TextDecoder('utf-16be'),
  shiftJis: new TextDecoder('shift_jis'),
  windows1252: new TextDecoder('windows-1252'),
}

export function decodeCharacters(type: number, bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decoders.utf16LittleEndian.decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decoders.utf16BigEndian.decode(bytes)
  if (type === utf16 || type === 5) return decoders.utf16BigEndian.decode(bytes)
  if (type === 3) return decoders.shiftJis.decode(bytes)
  try {
    return decoders.utf8.decode(bytes)
  } catch {
    return decoders.windows1252.decode(bytes)
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

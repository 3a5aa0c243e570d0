import type { ByteReader } from '../../../shared/sound/bytes/byte-reader.ts'

/** Returns a copy of up to `length` bytes from `position`, which later reads do not change. */
export function readBytes(reader: ByteReader, position: number, length: number): DataView {
  const bytes = reader.view(position, length).slice()
  return new DataView(bytes.buffer)
}

/** Returns at least `length` bytes from `position`; those that the file does not have are 0. */
export function readPadded(reader: ByteReader, position: number, length: number): DataView {
  const bytes = new Uint8Array(length)
  bytes.set(reader.view(position, length))
  return new DataView(bytes.buffer)
}

/** Returns the big-endian number in up to 8 bytes; one beyond 2 ** 53 is rounded. */
export function readUint(view: DataView, offset: number, length: number): number {
  let value = 0
  for (let index = 0; index < length; index++) value = value * 256 + view.getUint8(offset + index)
  return value
}

/** Returns bytes as Latin-1, for short names. */
export function asciiText(view: DataView, offset: number, length: number): string {
  let text = ''
  for (let index = 0; index < length; index++) text += String.fromCharCode(view.getUint8(offset + index))
  return text
}

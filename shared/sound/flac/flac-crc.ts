/** Continues the checksum of a frame, which is 0 after all of its bytes. */
export function continueFlacCrc(crc: number, bytes: Uint8Array, start: number, end: number): number {
  let value = crc
  for (let index = start; index < end; index++)
    value = ((value << 8) & 0xffff) ^ (crcTable[(value >> 8) ^ (bytes[index] ?? 0)] ?? 0)
  return value
}

const crcTable = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & 0x8000 ? 0x18005 : 0)
  return crc
})

import type { FrameHeader } from './frame-header.ts'

/** What a frame of layer 3 says about its main data (ISO/IEC 11172-3, 2.4.1.7). */
export interface SideInformation {
  /** How many bytes before the frame's own main data its main data begins: in earlier frames. */
  readonly mainDataBegin: number
  /** The bytes for main data in the frame. */
  readonly mainDataBytes: number
  /** The bytes of main data that belong to the frame's own sound, in this frame and the ones before. */
  readonly usedBytes: number
  /** Where the main data begins in the frame. */
  readonly mainDataStart: number
  /** False if the numbers are impossible, as in a damaged frame. */
  readonly isValid: boolean
}

/** More values do not fit into the 576 lines of a granule. */
const maxBigValues = 288

/** Reads the side information of a frame, which begins with its header. */
export function readSideInformation(frame: Uint8Array, header: FrameHeader): SideInformation {
  const isFirstVersion = header.version === 1
  const bytes = sideInformationBytes(header)
  const start = 4 + (header.hasChecksum ? 2 : 0)
  const bits = new BitReader(frame, start)
  const mainDataBegin = bits.read(isFirstVersion ? 9 : 8)
  bits.skip(privateBits(header))
  if (isFirstVersion) bits.skip(4 * header.channels)
  let usedBits = 0
  let isValid = frame.length >= start + bytes
  for (let granule = 0; granule < header.channels * (isFirstVersion ? 2 : 1); granule++) {
    usedBits += bits.read(12)
    if (bits.read(9) > maxBigValues) isValid = false
    bits.skip(8 + (isFirstVersion ? 4 : 9))
    const isSwitched = bits.read(1) === 1
    const blockType = bits.read(2)
    // A switched window has another shape than the normal one.
    if (isSwitched && blockType === 0) isValid = false
    bits.skip(20 + (isFirstVersion ? 3 : 2))
  }
  const mainDataStart = start + bytes
  const mainDataBytes = Math.max(0, frame.length - mainDataStart)
  return { mainDataBegin, mainDataBytes, usedBytes: Math.ceil(usedBits / 8), mainDataStart, isValid }
}

export function sideInformationBytes({ version, channels }: FrameHeader): number {
  return version === 1 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17
}

function privateBits({ version, channels }: FrameHeader): number {
  return version === 1 ? (channels === 1 ? 5 : 3) : channels
}

class BitReader {
  readonly #bytes: Uint8Array
  #position: number

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes
    this.#position = start * 8
  }

  read(count: number): number {
    let value = 0
    for (let bit = 0; bit < count; bit++, this.#position++) {
      const byte = this.#bytes[this.#position >> 3] ?? 0
      value = value * 2 + ((byte >> (7 - (this.#position & 7))) & 1)
    }
    return value
  }

  skip(count: number): void {
    this.#position += count
  }
}

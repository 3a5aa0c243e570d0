/** What the headers of a Vorbis stream say about its packets. */
export interface VorbisFormat {
  readonly sampleRate: number
  readonly channels: number
  /** The frames of short and of long blocks. */
  readonly blockFrames: readonly [number, number]
  /** For each mode, whether its blocks are long. */
  readonly modes: readonly boolean[]
}

/** Every mode is described by so many bits: a flag, two types of 16 bits, and the number of a mapping of 8 bits. */
const modeBits = 41
const maxModes = 64

/** Reads the identification and the setup header (Vorbis I specification, section 4.2); undefined if one is damaged. */
export function readVorbisFormat(identification: Uint8Array, setup: Uint8Array): VorbisFormat | undefined {
  if (!isHeader(identification, 1) || identification.length < 30 || !isHeader(setup, 5)) return undefined
  const view = new DataView(identification.buffer, identification.byteOffset, identification.length)
  const sizes = view.getUint8(28)
  const modes = readModes(setup)
  if (modes === undefined || view.getUint32(12, true) === 0) return undefined
  return {
    sampleRate: view.getUint32(12, true),
    channels: view.getUint8(11),
    blockFrames: [2 ** (sizes & 15), 2 ** (sizes >> 4)],
    modes,
  }
}

function isHeader(packet: Uint8Array, type: number): boolean {
  return packet[0] === type && String.fromCharCode(...packet.subarray(1, 7)) === 'vorbis'
}

/**
 * Reads the modes, which are at the end of the setup header. What is before them has no fixed size, so they are read
 * backwards: as many descriptions with types of 0 as the number before them states.
 */
function readModes(setup: Uint8Array): readonly boolean[] | undefined {
  let end = setup.length * 8 - 1
  // A bit that is set ends the header.
  while (end > 0 && bitAt(setup, end) === 0) end--
  const flags: boolean[] = []
  let found: readonly boolean[] | undefined
  for (let start = end - modeBits; start >= 56 && flags.length < maxModes; start -= modeBits) {
    if (bitsAt(setup, start + 1, 32) !== 0 || bitsAt(setup, start + 33, 8) >= maxModes) break
    flags.unshift(bitAt(setup, start) === 1)
    if (bitsAt(setup, start - 6, 6) + 1 === flags.length) found = [...flags]
  }
  return found
}

/** Bits of a Vorbis packet begin with the lowest one of each byte. */
function bitAt(bytes: Uint8Array, index: number): number {
  return ((bytes[index >> 3] ?? 0) >> (index & 7)) & 1
}

function bitsAt(bytes: Uint8Array, start: number, count: number): number {
  let value = 0
  for (let bit = 0; bit < count; bit++) value += bitAt(bytes, start + bit) * 2 ** bit
  return value
}

/** Counts the frames of packets that follow each other. */
export class VorbisCounter {
  readonly #format: VorbisFormat
  /** The block of the packet before; undefined before the first one. */
  #last: number | undefined

  constructor(format: VorbisFormat) {
    this.#format = format
  }

  /** The next packet is the first one for its decoder, which returns nothing for it. */
  restart(): void {
    this.#last = undefined
  }

  /** Returns the frames that a decoder returns for the next packet. */
  count(packet: Uint8Array): number {
    const { blockFrames, modes } = this.#format
    const first = packet[0] ?? 1
    const modeBits = 32 - Math.clz32(modes.length - 1)
    // A packet with the lowest bit set is a header.
    if (packet.length === 0 || (first & 1) === 1) return 0
    const mode = (first >> 1) & (2 ** modeBits - 1)
    const block = blockFrames[modes[mode] === true ? 1 : 0]
    const frames = this.#last === undefined ? 0 : (this.#last + block) / 4
    this.#last = block
    return frames
  }
}

/** Joins the three headers of a stream for a decoder, with their lengths as Xiph writes them. */
export function joinVorbisHeaders(
  headers: readonly [Uint8Array, Uint8Array, Uint8Array],
): Uint8Array<ArrayBuffer> {
  const lengths = headers.slice(0, 2).flatMap(({ length }) => {
    const full = Math.floor(length / 255)
    return [...Array<number>(full).fill(255), length % 255]
  })
  const parts = [Uint8Array.from([2, ...lengths]), ...headers]
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let position = 0
  for (const part of parts) {
    joined.set(part, position)
    position += part.length
  }
  return joined
}

/** Splits headers that were joined; undefined if they are damaged. */
export function splitVorbisHeaders(
  joined: Uint8Array,
): readonly [Uint8Array, Uint8Array, Uint8Array] | undefined {
  if (joined[0] !== 2) return undefined
  let position = 1
  const lengths = [0, 0]
  for (let header = 0; header < 2; header++) {
    let byte = 255
    while (byte === 255 && position < joined.length) {
      byte = joined[position++] ?? 0
      lengths[header] = (lengths[header] ?? 0) + byte
    }
  }
  const [first = 0, second = 0] = lengths
  if (position + first + second > joined.length) return undefined
  return [
    joined.subarray(position, position + first),
    joined.subarray(position + first, position + first + second),
    joined.subarray(position + first + second),
  ]
}

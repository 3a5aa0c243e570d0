// Kilobits per second by the header's bitrate index: https://www.mp3-tech.org/programmer/frame_header.html
const bitrates = {
  v1: [
    [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  ],
  v2: [
    [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ],
}
const sampleRates = [44100, 48000, 32000]

/** A frame's length in bytes, and the header fields that all frames of a stream share. */
interface Frame {
  readonly length: number
  readonly stream: number
}

/**
 * Whether `bytes` contain MPEG audio or ADTS frames: a frame that is followed by two of the same stream, or by the end
 * of the file (`atEnd`: `bytes` end where the file ends). One match alone proves nothing: random bytes contain one in
 * every 10,000.
 */
export function hasMpegFrames(bytes: Uint8Array, atEnd: boolean): boolean {
  for (let start = 0; start + 4 <= bytes.length; start++) {
    if (bytes[start] !== 0xff) continue
    const first = frameAt(bytes, start)
    if (first !== undefined && isFollowed(bytes, start, first, atEnd)) return true
  }
  return false
}

function isFollowed(bytes: Uint8Array, start: number, first: Frame, atEnd: boolean): boolean {
  let position = start + first.length
  for (let more = 0; more < 2; more++) {
    // A stream may end after its first frame, but without a second one the bytes prove nothing.
    if (position + 4 > bytes.length) return atEnd && (more > 0 || position === bytes.length) && start === 0
    const next = frameAt(bytes, position)
    if (next === undefined || next.stream !== first.stream) return false
    position += next.length
  }
  return true
}

function frameAt(bytes: Uint8Array, at: number): Frame | undefined {
  const [, b1 = 0, b2 = 0, b3 = 0] = bytes.subarray(at, at + 4)
  if ((b1 & 0xe0) !== 0xe0) return undefined
  const layerBits = (b1 >> 1) & 3
  return layerBits === 0 ? adtsFrame(bytes, at, b1, b2, b3) : mpegFrame(b1, b2, layerBits)
}

function mpegFrame(b1: number, b2: number, layerBits: number): Frame | undefined {
  const version = (b1 >> 3) & 3
  const rate = sampleRates[(b2 >> 2) & 3]
  const layer = 3 - layerBits
  const kilobits = bitrates[version === 3 ? 'v1' : 'v2'][layer]?.[(b2 >> 4) - 1]
  if (version === 1 || rate === undefined || kilobits === undefined) return undefined
  const sampleRate = version === 3 ? rate : version === 2 ? rate / 2 : rate / 4
  const padding = (b2 >> 1) & 1
  const bytesPerSecond = kilobits * 125
  const samples = layer === 0 ? 384 : layer === 2 && version !== 3 ? 576 : 1152
  const slot = layer === 0 ? 4 : 1
  const length = (Math.floor((samples * bytesPerSecond) / (sampleRate * slot)) + padding) * slot
  return { length, stream: ((b1 & 0xfe) << 8) | (b2 & 0x0c) }
}

function adtsFrame(bytes: Uint8Array, at: number, b1: number, b2: number, b3: number): Frame | undefined {
  if ((b1 & 0xf0) !== 0xf0 || ((b2 >> 2) & 15) > 12) return undefined
  const length = ((b3 & 3) << 11) | ((bytes[at + 4] ?? 0) << 3) | ((bytes[at + 5] ?? 0) >> 5)
  return length < 8 ? undefined : { length, stream: ((b1 & 0xfe) << 8) | (b2 & 0xfc) }
}

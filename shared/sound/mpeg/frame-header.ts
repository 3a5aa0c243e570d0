/** The codecs of the frames, by the layer in the header; layer 0 is ADTS. */
export type MpegCodec = 'MP1' | 'MP2' | 'MP3' | 'AAC'

/** The header of a frame of MPEG audio (ISO/IEC 11172-3, 13818-3 and its extension 2.5) or ADTS (13818-7). */
export interface FrameHeader {
  readonly codec: MpegCodec
  /** Bytes, the header included; 0 in the free format, whose header does not have the length. */
  readonly length: number
  readonly samples: number
  /** By the bitrate in the header; 0 in the free format and in ADTS. */
  readonly bytesPerSecond: number
  readonly sampleRate: number
  readonly channels: number
  /** The version: 1, 2 or 2.5. */
  readonly version: number
  readonly hasChecksum: boolean
  /** The bits that are equal in all frames of a stream. */
  readonly stream: number
}

/** The bytes of a header that are needed for all its fields. */
export const frameHeaderBytes = 6
/** No frame of MPEG audio or ADTS is longer. */
export const maxFrameBytes = 8191

// Kilobits per second by the header's bitrate index, for layers 1 to 3.
const bitrates = {
  version1: [
    [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  ],
  version2: [
    [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ],
}
const layerCodecs = ['MP1', 'MP2', 'MP3'] as const
const mpegSampleRates = [44100, 48000, 32000]
const adtsSampleRates = [
  96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350,
]

/** Returns the header at `index`; undefined if there is none, or if `bytes` end inside it. */
export function readFrameHeader(bytes: Uint8Array, index: number): FrameHeader | undefined {
  if (bytes[index] !== 0xff || index + 4 > bytes.length) return undefined
  const second = bytes[index + 1] ?? 0
  if ((second & 0xe0) !== 0xe0) return undefined
  return (second & 6) === 0 ? adtsHeader(bytes, index) : mpegHeader(bytes, index)
}

function mpegHeader(bytes: Uint8Array, index: number): FrameHeader | undefined {
  const second = bytes[index + 1] ?? 0
  const third = bytes[index + 2] ?? 0
  const fourth = bytes[index + 3] ?? 0
  const versionBits = (second >> 3) & 3
  const layer = 3 - ((second >> 1) & 3)
  const codec = layerCodecs[layer]
  const baseRate = mpegSampleRates[(third >> 2) & 3]
  const bitrateIndex = third >> 4
  if (codec === undefined || baseRate === undefined || versionBits === 1 || bitrateIndex === 15)
    return undefined
  const version = versionBits === 3 ? 1 : versionBits === 2 ? 2 : 2.5
  const sampleRate = version === 1 ? baseRate : version === 2 ? baseRate / 2 : baseRate / 4
  const samples = layer === 0 ? 384 : layer === 2 && version !== 1 ? 576 : 1152
  const kilobits = bitrates[version === 1 ? 'version1' : 'version2'][layer]?.[bitrateIndex - 1] ?? 0
  const slot = layer === 0 ? 4 : 1
  const padding = (third >> 1) & 1
  const slots = kilobits === 0 ? 0 : Math.floor((samples * kilobits * 125) / (sampleRate * slot)) + padding
  return {
    codec,
    length: slots * slot,
    samples,
    bytesPerSecond: kilobits * 125,
    sampleRate,
    channels: fourth >> 6 === 3 ? 1 : 2,
    version,
    hasChecksum: (second & 1) === 0,
    stream: ((second & 0xfe) << 8) | (third & 0x0c),
  }
}

function adtsHeader(bytes: Uint8Array, index: number): FrameHeader | undefined {
  if (index + frameHeaderBytes + 1 > bytes.length) return undefined
  const [, second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0, seventh = 0] = bytes.subarray(
    index,
    index + 7,
  )
  const sampleRate = adtsSampleRates[(third >> 2) & 15]
  const length = ((fourth & 3) << 11) | (fifth << 3) | (sixth >> 5)
  if ((second & 0xf0) !== 0xf0 || sampleRate === undefined || length < 8) return undefined
  return {
    codec: 'AAC',
    length,
    samples: 1024 * ((seventh & 3) + 1),
    bytesPerSecond: 0,
    sampleRate,
    channels: ((third & 1) << 2) | (fourth >> 6),
    version: (second & 8) === 0 ? 1 : 2,
    hasChecksum: (second & 1) === 0,
    stream: ((second & 0xfe) << 8) | (third & 0xfc),
  }
}

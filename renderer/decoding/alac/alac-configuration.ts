/** What a file says once about its packets. */
export interface AlacConfiguration {
  readonly framesPerPacket: number
  readonly bitDepth: number
  readonly channelCount: number
  readonly sampleRate: number
  readonly initialMean: number
  readonly adaption: number
  readonly maxRiceBits: number
}

const configurationBytes = 24
/** Encoders write packets of 4,096 frames. A longer one would only cost memory. */
const maxFramesPerPacket = 1 << 16
const maxSampleRate = 768_000

/**
 * Reads the configuration: in MP4 the content of the box `alac` inside the sample entry, without its version; in CAF the
 * chunk `kuki`, which can have the boxes `frma` and `alac` around it. Returns undefined if it cannot be one.
 */
export function readAlacConfiguration(bytes: Uint8Array): AlacConfiguration | undefined {
  let start = 0
  if (boxType(bytes, start) === 'frma') start += 12
  if (boxType(bytes, start) === 'alac') start += 12
  if (start + configurationBytes > bytes.length) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, configurationBytes)
  const configuration = {
    framesPerPacket: view.getUint32(0),
    bitDepth: view.getUint8(5),
    adaption: view.getUint8(6),
    initialMean: view.getUint8(7),
    maxRiceBits: view.getUint8(8),
    channelCount: view.getUint8(9),
    sampleRate: view.getUint32(20),
  }
  return isPossible(configuration) && view.getUint8(4) === 0 ? configuration : undefined
}

function isPossible(configuration: AlacConfiguration): boolean {
  const { framesPerPacket, bitDepth, channelCount, sampleRate, maxRiceBits } = configuration
  return (
    framesPerPacket >= 1 &&
    framesPerPacket <= maxFramesPerPacket &&
    bitDepth >= 8 &&
    bitDepth <= 32 &&
    channelCount >= 1 &&
    channelCount <= 8 &&
    sampleRate >= 1 &&
    sampleRate <= maxSampleRate &&
    maxRiceBits >= 1 &&
    maxRiceBits <= 30
  )
}

function boxType(bytes: Uint8Array, start: number): string {
  return String.fromCharCode(...bytes.subarray(start + 4, start + 8))
}

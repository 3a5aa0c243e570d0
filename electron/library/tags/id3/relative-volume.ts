/** What a frame RVA2 states. */
export interface RelativeVolume {
  readonly scope: 'track' | 'album'
  /** Decibels. */
  readonly gain: number
  /** A share of full scale. */
  readonly peak: number | undefined
}

const masterChannel = 1

/** Reads a frame RVA2 (ID3v2.4, 4.11): a name, and the volume of each channel. Undefined without that of all channels. */
export function readRelativeVolume(content: Uint8Array): RelativeVolume | undefined {
  const nameEnd = content.indexOf(0)
  if (nameEnd < 0) return undefined
  const scope = /album/i.test(Buffer.from(content.subarray(0, nameEnd)).toString('latin1'))
    ? 'album'
    : 'track'
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  for (let position = nameEnd + 1; position + 4 <= content.length; ) {
    const channel = view.getUint8(position)
    const gain = view.getInt16(position + 1) / 512
    const bits = view.getUint8(position + 3)
    const bytes = Math.ceil(bits / 8)
    const peakStart = position + 4
    if (channel === masterChannel)
      return { scope, gain, peak: readPeak(content.subarray(peakStart, peakStart + bytes), bits) }
    position = peakStart + bytes
  }
  return undefined
}

/** Reads a number of that many bits; full scale is half of its range. */
function readPeak(bytes: Uint8Array, bits: number): number | undefined {
  if (bits === 0 || bytes.length < Math.ceil(bits / 8)) return undefined
  let value = 0
  for (const byte of bytes) value = value * 256 + byte
  return value / 2 ** (bits - 1)
}

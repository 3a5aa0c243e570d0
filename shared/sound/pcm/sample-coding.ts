type Bytes = Uint8Array<ArrayBuffer>

/** How one sample is stored in a file and in the WAVE file that is sent to the window. */
export interface SampleCoding {
  /** WAVE's number for the coding. */
  readonly tag: number
  /** Bytes of a sample in the file. */
  readonly width: number
  /** Bytes of a sample in the WAVE file that is sent. */
  readonly waveWidth: number
  /** Converts any number of whole samples. May change its argument. */
  readonly convert: (samples: Bytes) => Bytes
}

const integer = 1
const float = 3
const aLaw = 6
const muLaw = 7

/**
 * Returns the coding that an AIFF-C file names by four letters, for samples of `bits` bits; plain AIFF is `NONE`.
 * Returns undefined if WAVE does not have it. In both formats, samples that do not fill whole bytes use the upper bits.
 */
export function sampleCoding(compression: string, bits: number): SampleCoding | undefined {
  const width = Math.ceil(bits / 8)
  // Programs write the newer codings in upper or lower case.
  switch (compression.toLowerCase()) {
    case 'none':
    case 'twos':
      return width === 1 ? sameWidth(integer, 1, flipSigns) : bigEndian(integer, width)
    case 'sowt':
      return width === 1 ? sameWidth(integer, 1, flipSigns) : littleEndian(width)
    case 'raw ':
      return width === 1 ? sameWidth(integer, 1, keepSamples) : undefined
    case 'in24':
      return bigEndian(integer, 3)
    case 'in32':
      return bigEndian(integer, 4)
    case 'fl32':
      return bigEndian(float, 4)
    case 'fl64':
      // Chromium does not play WAVE files with 64-bit samples.
      return doubles(false)
    case 'alaw':
      return sameWidth(aLaw, 1, keepSamples)
    case 'ulaw':
      return sameWidth(muLaw, 1, keepSamples)
    default:
      return undefined
  }
}

/** Returns the coding of a WAVE file's samples; undefined if there is no such coding. */
export function waveCoding(tag: number, bits: number, isLittleEndian: boolean): SampleCoding | undefined {
  const width = Math.ceil(bits / 8)
  if (tag === float && width === 8) return doubles(isLittleEndian)
  if (width === 1) return sameWidth(tag, 1, keepSamples)
  if (!isLittleEndian) return bigEndian(tag, width)
  return width >= 2 && width <= 4 ? sameWidth(tag, width, keepSamples) : undefined
}

function doubles(isLittleEndian: boolean): SampleCoding {
  return {
    tag: float,
    width: 8,
    waveWidth: 4,
    convert: (samples) => doublesToFloats(samples, isLittleEndian),
  }
}

function sameWidth(tag: number, width: number, convert: SampleCoding['convert']): SampleCoding {
  return { tag, width, waveWidth: width, convert }
}

function bigEndian(tag: number, width: number): SampleCoding | undefined {
  return width >= 2 && width <= 4
    ? sameWidth(tag, width, (samples) => reverseBytes(samples, width))
    : undefined
}

function littleEndian(width: number): SampleCoding | undefined {
  return width >= 2 && width <= 4 ? sameWidth(integer, width, keepSamples) : undefined
}

function keepSamples(samples: Bytes): Bytes {
  return samples
}

/** Samples of one byte are signed in AIFF and unsigned in WAVE. */
function flipSigns(samples: Bytes): Bytes {
  for (let i = 0; i < samples.length; i++) samples[i] = (samples[i] ?? 0) ^ 0x80
  return samples
}

/** Reverses the bytes of each sample. */
function reverseBytes(samples: Bytes, width: number): Bytes {
  for (let start = 0; start + width <= samples.length; start += width) {
    for (let low = start, high = start + width - 1; low < high; low++, high--) {
      const byte = samples[low] ?? 0
      samples[low] = samples[high] ?? 0
      samples[high] = byte
    }
  }
  return samples
}

function doublesToFloats(samples: Bytes, isLittleEndian: boolean): Bytes {
  const from = new DataView(samples.buffer, samples.byteOffset, samples.length)
  const to = new DataView(new ArrayBuffer(samples.length / 2))
  for (let i = 0; i < to.byteLength; i += 4) to.setFloat32(i, from.getFloat64(i * 2, isLittleEndian), true)
  return new Uint8Array(to.buffer)
}

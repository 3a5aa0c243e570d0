/** WAVE's numbers for codings. */
export const waveTags = {
  integer: 1,
  float: 3,
  aLaw: 6,
  muLaw: 7,
  mp2: 0x50,
  mp3: 0x55,
  flac: 0xf1ac,
  extensible: 0xfffe,
} as const

/** The content of the chunk `fmt `. */
export interface WaveFormat {
  /** The number of the coding; for the extensible form, the one in its GUID. */
  readonly tag: number
  readonly channels: number
  /** Frames per second. */
  readonly rate: number
  readonly bytesPerSecond: number
  /** The bits of a sample; 0 in some compressed codings. */
  readonly bits: number
}

/** The bytes of `fmt ` that are needed: those up to the number in the extensible form's GUID. */
export const waveFormatBytes = 26

/** Reads the content of `fmt `; undefined if it is too short or describes no sound. */
export function readWaveFormat(content: Uint8Array, isLittleEndian: boolean): WaveFormat | undefined {
  if (content.length < 14) return undefined
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  const uint16 = (offset: number) =>
    offset + 2 > content.length ? 0 : view.getUint16(offset, isLittleEndian)
  const format = {
    tag: uint16(0) === waveTags.extensible && content.length >= 26 ? uint16(24) : uint16(0),
    channels: uint16(2),
    rate: view.getUint32(4, isLittleEndian),
    bytesPerSecond: view.getUint32(8, isLittleEndian),
    // Some programs leave the number of bits out. Then the bytes of a frame have it.
    bits: uint16(14) || Math.floor((uint16(12) * 8) / Math.max(1, uint16(2))),
  }
  return format.channels > 0 && format.rate > 0 ? format : undefined
}

/** Returns the bytes of one frame of a coding whose samples all have the same size; undefined for others. */
export function waveFrameBytes({ tag, channels, bits }: WaveFormat): number | undefined {
  const isLaw = tag === waveTags.aLaw || tag === waveTags.muLaw
  if (isLaw) return channels
  const isPlain = tag === waveTags.integer || tag === waveTags.float
  return isPlain && bits > 0 ? channels * Math.ceil(bits / 8) : undefined
}

const codecNames: ReadonlyMap<number, string> = new Map([
  [waveTags.integer, 'PCM'],
  [0x02, 'ADPCM'],
  [waveTags.float, 'PCM'],
  [waveTags.aLaw, 'A-law'],
  [waveTags.muLaw, 'µ-law'],
  [0x11, 'ADPCM'],
  [0x31, 'GSM'],
  [0x45, 'G.726'],
  [waveTags.mp2, 'MP2'],
  [waveTags.mp3, 'MP3'],
  [0x61, 'ADPCM'],
  [0x62, 'ADPCM'],
  [0xff, 'AAC'],
  [0x161, 'WMA'],
  [0x162, 'WMA'],
  [0x163, 'WMA'],
  [0x270, 'ATRAC3'],
  [0x1600, 'AAC'],
  [0x2000, 'AC-3'],
  [0x2001, 'DTS'],
  [0x674f, 'Vorbis'],
  [0x6770, 'Vorbis'],
  [waveTags.flac, 'FLAC'],
])

/** Returns the codec's short name; for one without, its number in hexadecimal. */
export function waveCodecName({ tag }: WaveFormat): string {
  return codecNames.get(tag) ?? `WAVE 0x${tag.toString(16).padStart(4, '0')}`
}

/** Chromium plays no more channels and no higher rate. */
const maxChannels = 32
const maxRate = 768_000

/** Whether Chromium plays the coding, or the host converts it. */
export function isPlayableWave({ tag, bits, channels, rate }: WaveFormat): boolean {
  if (channels > maxChannels || rate > maxRate) return false
  switch (tag) {
    case waveTags.integer:
      return bits > 0 && bits <= 32
    case waveTags.float:
      return bits === 32 || bits === 64
    case waveTags.aLaw:
    case waveTags.muLaw:
    case waveTags.mp3:
    case waveTags.flac:
      return true
    default:
      return false
  }
}

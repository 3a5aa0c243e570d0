/** What the first packet of an Ogg stream with sound says about it. */
export interface OggCodec {
  readonly codec: 'Vorbis' | 'Opus' | 'FLAC' | 'Speex' | 'CELT' | 'PCM'
  /** Granules per second. */
  readonly granuleRate: number
  /** 0: not read. */
  readonly channels: number
  /** Granules before the sound begins. */
  readonly preSkip: number
  /** The maximum number of granules in one packet; Opus packets state their own. */
  readonly maxPacketGranules: number
  /** The bytes before the comments in the comment packet. */
  readonly commentsOffset: number
  readonly isPlayable: boolean
}

/** Returns the codec by a stream's first packet; undefined for a stream without sound. */
export function detectOggCodec(packet: Uint8Array): OggCodec | undefined {
  const bytes = Buffer.from(packet.buffer, packet.byteOffset, packet.length)
  const begins = (text: string): boolean => bytes.subarray(0, text.length).toString('latin1') === text
  if (begins('\x01vorbis')) return vorbis(bytes)
  if (begins('OpusHead')) return opus(bytes)
  if (begins('\x7fFLAC')) return flac(bytes, 17)
  if (begins('fLaC')) return flac(bytes, 8)
  if (begins('Speex   ')) return speex(bytes)
  if (begins('CELT    ')) return unplayable('CELT', bytes.length < 44 ? 0 : bytes.readUInt32LE(36))
  if (begins('PCM     ')) return unplayable('PCM', bytes.length < 24 ? 0 : bytes.readUInt32BE(16))
  return undefined
}

function vorbis(bytes: Buffer): OggCodec | undefined {
  if (bytes.length < 29) return undefined
  const granuleRate = bytes.readUInt32LE(12)
  const longBlock = 1 << (bytes.readUInt8(28) >> 4)
  const maxPacketGranules = longBlock / 2
  return {
    codec: 'Vorbis',
    granuleRate,
    channels: bytes.readUInt8(11),
    preSkip: 0,
    maxPacketGranules,
    commentsOffset: 7,
    isPlayable: true,
  }
}

function opus(bytes: Buffer): OggCodec | undefined {
  if (bytes.length < 12) return undefined
  const preSkip = bytes.readUInt16LE(10)
  return {
    codec: 'Opus',
    granuleRate: 48_000,
    channels: bytes.readUInt8(9),
    preSkip,
    maxPacketGranules: 5760,
    commentsOffset: 8,
    isPlayable: true,
  }
}

/** `info` is the position of STREAMINFO; before version 1.0 of the mapping it is in the second packet. */
function flac(bytes: Buffer, info: number): OggCodec {
  const isKnown = bytes.length >= info + 18
  const granuleRate = isKnown ? bytes.readUIntBE(info + 10, 3) >> 4 : 0
  const maxPacketGranules = isKnown ? bytes.readUInt16BE(info + 2) : 65_535
  const channels = isKnown ? ((bytes.readUInt8(info + 12) >> 1) & 7) + 1 : 0
  return {
    codec: 'FLAC',
    granuleRate,
    channels,
    preSkip: 0,
    maxPacketGranules,
    commentsOffset: 4,
    isPlayable: true,
  }
}

function speex(bytes: Buffer): OggCodec {
  const isKnown = bytes.length >= 68
  const granuleRate = isKnown ? bytes.readUInt32LE(36) : 0
  const maxPacketGranules = isKnown ? bytes.readUInt32LE(56) * Math.max(1, bytes.readUInt32LE(64)) : 0
  return { ...unplayable('Speex', granuleRate), maxPacketGranules }
}

function unplayable(codec: OggCodec['codec'], granuleRate: number): OggCodec {
  return {
    codec,
    granuleRate,
    channels: 0,
    preSkip: 0,
    maxPacketGranules: 0,
    commentsOffset: 0,
    isPlayable: false,
  }
}

import type { SoundFormat } from '../../../../shared/library/track-details.ts'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { codecNames, isEngineCodec } from '../../../../shared/sound/engine-codecs.ts'
import { asciiText, readPadded, readUint } from '../read-numbers.ts'
import { type Box, boxesIn, childrenOf, contentOf } from './boxes.ts'

/** How a track's sound is encoded. */
export interface SoundCodec {
  /** The short name for the user. */
  readonly name: string
  /** Whether Chromium or Skein has a decoder for it. */
  readonly isPlayable: boolean
  readonly isProtected?: boolean
}

const playable = (name: string): SoundCodec => ({ name, isPlayable: true })
const unplayable = (name: string): SoundCodec => ({ name, isPlayable: false })
const engine = (name: string): SoundCodec => ({ name, isPlayable: isEngineCodec(name) })

/** The kinds of sample entries whose four letters say everything. */
const codecs: ReadonlyMap<string, SoundCodec> = new Map([
  ['Opus', playable('Opus')],
  ['fLaC', playable('FLAC')],
  ['.mp3', playable('MP3')],
  ['ms\0U', playable('MP3')],
  ['.mp2', unplayable('MP2')],
  ['.mp1', unplayable('MP1')],
  ['msVo', playable('Vorbis')],
  ['alaw', playable('A-law')],
  ['ulaw', playable('µ-law')],
  ['alac', engine(codecNames.alac)],
  ['ac-3', unplayable('AC-3')],
  ['sac3', unplayable('AC-3')],
  ['ec-3', unplayable('E-AC-3')],
  ['ac-4', unplayable('AC-4')],
  ['dtsc', unplayable('DTS')],
  ['dtse', unplayable('DTS')],
  ['dtsh', unplayable('DTS-HD')],
  ['dtsl', unplayable('DTS-HD')],
  ['dtsx', unplayable('DTS:X')],
  ['mlpa', unplayable('TrueHD')],
  ['mha1', unplayable('MPEG-H')],
  ['mha2', unplayable('MPEG-H')],
  ['mhm1', unplayable('MPEG-H')],
  ['mhm2', unplayable('MPEG-H')],
  ['samr', unplayable('AMR')],
  ['sawb', unplayable('AMR-WB')],
  ['sawp', unplayable('AMR-WB+')],
  ['ima4', unplayable('ADPCM')],
  ['ms\0\x02', unplayable('ADPCM')],
  ['ms\0\x11', unplayable('ADPCM')],
  ['MAC3', unplayable('MACE')],
  ['MAC6', unplayable('MACE')],
  ['QDMC', unplayable('QDesign')],
  ['QDM2', unplayable('QDesign')],
  ['Qclp', unplayable('QCELP')],
  ['sqcp', unplayable('QCELP')],
  ['sevc', unplayable('EVRC')],
  ['spex', unplayable('Speex')],
  ['WMA2', unplayable('WMA')],
])

/** Entries with this kind have their own kind in `frma` and are encrypted. */
const protectedEntries: ReadonlySet<string> = new Set(['enca', 'drms', 'p608'])

/** Uncompressed samples. */
const pcmEntries: ReadonlySet<string> = new Set([
  'raw ',
  'NONE',
  'twos',
  'sowt',
  'in24',
  'in32',
  'fl32',
  'fl64',
  'lpcm',
  'ipcm',
  'fpcm',
])

/** Returns whether the first sample entry in `stsd` is of a kind that only sound has. */
export function hasSoundEntry(reader: ByteReader, stsd: Box): boolean {
  for (const { type } of childrenOf(reader, stsd, 8))
    return (
      type === 'mp4a' ||
      pcmEntries.has(type) ||
      protectedEntries.has(type) ||
      codecs.has(type) ||
      codecs.has(type.trimEnd())
    )
  return false
}

/** Returns the codec of the first sample entry in `stsd`; undefined if there is none. */
export function readSoundCodec(reader: ByteReader, stsd: Box): SoundCodec | undefined {
  for (const entry of childrenOf(reader, stsd, 8)) return readEntry(reader, entry)
  return undefined
}

/** Reads the fixed fields of the first sample entry. A sample rate above 65,535 does not fit in them. */
export function readSoundFormat(reader: ByteReader, stsd: Box): SoundFormat {
  for (const entry of childrenOf(reader, stsd, 8)) {
    const fields = readPadded(reader, entry.content, 28)
    const sampleRate = fields.getUint16(24) || undefined
    // Of AAC, the fields often state two channels whatever the decoder's configuration says.
    const esds = entry.type === 'mp4a' ? soundExtensions(reader, entry).get('esds') : undefined
    const channels =
      esds === undefined ? fields.getUint16(16) : configuredChannels(contentOf(reader, esds, 256))
    return { sampleRate, channels: channels || undefined }
  }
  return {}
}

function readEntry(reader: ByteReader, entry: Box): SoundCodec {
  const extensions = soundExtensions(reader, entry)
  if (protectedEntries.has(entry.type)) {
    const original = extensions.get('frma')
    const type = original === undefined ? 'mp4a' : asciiText(readPadded(reader, original.content, 4), 0, 4)
    const { name } = codecOfType(reader, { ...entry, type }, extensions)
    return { name, isPlayable: false, isProtected: true }
  }
  return codecOfType(reader, entry, extensions)
}

function codecOfType(reader: ByteReader, entry: Box, extensions: ReadonlyMap<string, Box>): SoundCodec {
  if (entry.type === 'mp4a') {
    const esds = extensions.get('esds')
    return esds === undefined ? playable('AAC') : readDescriptor(contentOf(reader, esds, 256))
  }
  if (pcmEntries.has(entry.type)) return readPcm(reader, entry, extensions)
  const known = codecs.get(entry.type) ?? codecs.get(entry.type.trimEnd())
  // Chromium may know what this table does not.
  return known ?? playable(entry.type.replace(/[^\x21-\x7e]/g, ' ').trim() || '?')
}

/** Returns the boxes after the fixed fields of a sound's sample entry, those of QuickTime's `wave` included. */
function soundExtensions(reader: ByteReader, entry: Box): Map<string, Box> {
  const found = new Map<string, Box>()
  const quickTime = readPadded(reader, entry.content, 10).getUint16(8)
  const fixed = 28 + (quickTime === 1 ? 16 : quickTime === 2 ? 36 : 0)
  addBoxes(found, boxesIn(reader, entry.content + fixed, entry.end))
  // An ISO file can have a version of its own here, without QuickTime's fields.
  if (found.size === 0 || ![...found.keys()].every(isName)) {
    found.clear()
    addBoxes(found, boxesIn(reader, entry.content + 28, entry.end))
  }
  for (const outer of ['wave', 'sinf']) {
    const box = found.get(outer)
    if (box !== undefined) addBoxes(found, childrenOf(reader, box))
  }
  return found
}

function addBoxes(found: Map<string, Box>, boxes: Iterable<Box>): void {
  for (const box of boxes) {
    if (!found.has(box.type)) found.set(box.type, box)
    if (found.size > 50) return
  }
}

const isName = (type: string): boolean => /^[\x20-\x7e]{4}$/.test(type)

/** Chromium plays integers of 8 bits without a sign, of 16 and 24 bits, and little-endian ones and floats of 32 bits. */
function readPcm(reader: ByteReader, entry: Box, extensions: ReadonlyMap<string, Box>): SoundCodec {
  const fields = readPadded(reader, entry.content, 64)
  const endian = extensions.get('enda')
  const isLittle = endian !== undefined && readPadded(reader, endian.content, 2).getUint16(0) === 1
  const bits = fields.getUint16(18)
  let canPlay = true
  if (entry.type === 'twos' || entry.type === 'sowt') canPlay = bits !== 8
  else if (entry.type === 'in32' || entry.type === 'fl32') canPlay = isLittle
  else if (entry.type === 'fl64') canPlay = false
  else if (entry.type === 'lpcm' && fields.getUint16(8) === 2) canPlay = isPlayableLinear(fields)
  return { name: 'PCM', isPlayable: canPlay }
}

/** QuickTime's version 2: the bits of a sample and its flags (1 float, 2 big-endian, 4 signed). */
function isPlayableLinear(fields: DataView): boolean {
  const bits = fields.getUint32(48)
  const flags = fields.getUint32(52)
  const isBig = (flags & 2) !== 0
  if ((flags & 1) !== 0) return bits === 32 && !isBig
  if (bits === 8) return (flags & 4) === 0
  return bits === 16 || bits === 24 || (bits === 32 && !isBig)
}

/** Returns the codec of an ES_Descriptor (ISO/IEC 14496-1), the content of `esds`. */
function readDescriptor(esds: DataView): SoundCodec {
  const decoder = findDecoder(esds)
  if (decoder === undefined || decoder.start >= esds.byteLength) return playable('AAC')
  const specific = findDescriptor(esds, decoder.start + 13, decoder.end, 5)
  return codecOfObjectType(esds.getUint8(decoder.start), specific && audioObjectType(esds, specific))
}

function findDecoder(esds: DataView): Extent | undefined {
  const config = findDescriptor(esds, 4, esds.byteLength, 3)
  if (config === undefined) return undefined
  const { start, end } = skipStreamFields(esds, config)
  return findDescriptor(esds, start, end, 4)
}

/** Returns the channels in an AudioSpecificConfig of the plain form; undefined if they are described otherwise. */
function configuredChannels(esds: DataView): number | undefined {
  const decoder = findDecoder(esds)
  const specific = decoder && findDescriptor(esds, decoder.start + 13, decoder.end, 5)
  if (specific === undefined || specific.start + 2 > esds.byteLength) return undefined
  const bits = readUint(esds, specific.start, 2)
  const isPlain = bits >> 11 !== 31 && ((bits >> 7) & 15) !== 15
  const channels = (bits >> 3) & 15
  return isPlain && channels <= 6 ? channels : undefined
}

interface Extent {
  readonly start: number
  readonly end: number
}

/** Finds a descriptor by its tag. Its length has seven bits in each byte. */
function findDescriptor(bytes: DataView, from: number, end: number, tag: number): Extent | undefined {
  for (let position = from; position + 2 <= Math.min(end, bytes.byteLength); ) {
    const found = bytes.getUint8(position++)
    let length = 0
    for (let count = 0; count < 4 && position < bytes.byteLength; count++) {
      const byte = bytes.getUint8(position++)
      length = length * 128 + (byte & 0x7f)
      if (byte < 0x80) break
    }
    if (found === tag) return { start: position, end: Math.min(position + length, bytes.byteLength) }
    position += length
  }
  return undefined
}

function skipStreamFields(bytes: DataView, { start, end }: Extent): Extent {
  if (start + 3 > bytes.byteLength) return { start: end, end }
  const flags = bytes.getUint8(start + 2)
  let position = start + 3
  if ((flags & 0x80) !== 0) position += 2
  if ((flags & 0x40) !== 0 && position < bytes.byteLength) position += 1 + bytes.getUint8(position)
  if ((flags & 0x20) !== 0) position += 2
  return { start: position, end }
}

function audioObjectType(bytes: DataView, { start }: Extent): number | undefined {
  if (start + 2 > bytes.byteLength) return undefined
  const type = bytes.getUint8(start) >> 3
  return type === 31 ? 32 + ((readUint(bytes, start, 2) >> 5) & 0x3f) : type
}

/** The object types of MPEG-4's registration authority, and of MPEG-4 audio. */
function codecOfObjectType(type: number, audioType: number | undefined): SoundCodec {
  switch (type) {
    case 0x69:
    case 0x6b:
      return playable('MP3')
    case 0xa5:
      return unplayable('AC-3')
    case 0xa6:
      return unplayable('E-AC-3')
    case 0xa9:
      return unplayable('DTS')
    case 0xaa:
    case 0xab:
      return unplayable('DTS-HD')
    case 0xad:
      return playable('Opus')
    case 0xc1:
      return playable('FLAC')
    case 0xdd:
      return playable('Vorbis')
    case 0xe1:
      return unplayable('QCELP')
  }
  if (audioType === 32 || audioType === 33) return playable('MP2')
  if (audioType === 34) return playable('MP3')
  return audioType === 36 ? unplayable('ALS') : playable('AAC')
}

/** Returns the MPEG layer that a frame begins with, by its codec's name; undefined without a frame. */
export function mpegLayerName(reader: ByteReader, position: number): string | undefined {
  const frame = readPadded(reader, position, 2)
  if ((frame.getUint16(0) & 0xffe0) !== 0xffe0) return undefined
  return [undefined, 'MP3', 'MP2', 'MP1'][(frame.getUint8(1) >> 1) & 3]
}

import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { readPadded } from '../read-numbers.ts'
import type { Element } from './elements.ts'

export interface MatroskaCodec {
  readonly name: string
  /** Whether Chromium has a decoder for it. */
  readonly isPlayable: boolean
}

const playable = (name: string): MatroskaCodec => ({ name, isPlayable: true })
const unplayable = (name: string): MatroskaCodec => ({ name, isPlayable: false })

/** Codecs by the beginning of their ID. */
const codecs: readonly (readonly [string, MatroskaCodec])[] = [
  ['A_OPUS', playable('Opus')],
  ['A_VORBIS', playable('Vorbis')],
  ['A_FLAC', playable('FLAC')],
  ['A_AAC', playable('AAC')],
  ['A_MPEG/L3', playable('MP3')],
  ['A_MPEG/L2', unplayable('MP2')],
  ['A_MPEG/L1', unplayable('MP1')],
  ['A_AC3', unplayable('AC-3')],
  ['A_EAC3', unplayable('E-AC-3')],
  ['A_AC4', unplayable('AC-4')],
  ['A_DTS', unplayable('DTS')],
  ['A_TRUEHD', unplayable('TrueHD')],
  ['A_MLP', unplayable('MLP')],
  ['A_ALAC', unplayable('ALAC')],
  ['A_TTA1', unplayable('TTA')],
  ['A_WAVPACK4', unplayable('WavPack')],
  ['A_MPC', unplayable('Musepack')],
  ['A_ATRAC', unplayable('ATRAC')],
  ['A_REAL', unplayable('RealAudio')],
  ['A_QUICKTIME', unplayable('QuickTime')],
]

/** Returns the codec of a track by its ID and its private data. */
export function codecOfTrack(
  reader: ByteReader,
  id: string,
  codecPrivate: Element | undefined,
  bits: number,
): MatroskaCodec {
  if (id.startsWith('A_PCM/')) return { name: 'PCM', isPlayable: canPlayPcm(id, bits) }
  if (id === 'A_MS/ACM') {
    // The beginning of a WAVEFORMATEX, little-endian.
    const format = codecPrivate && readPadded(reader, codecPrivate.content, 16)
    return codecOfFormatTag(format?.getUint16(0, true) ?? 0, format?.getUint16(14, true) ?? 0)
  }
  const known = codecs.find(([prefix]) => id.startsWith(prefix))?.[1]
  // Chromium may know what this table does not.
  return (
    known ??
    playable(
      id
        .replace(/^A_/, '')
        .replace(/[^\x21-\x7e]/g, ' ')
        .trim() || '?',
    )
  )
}

/** Chromium plays integers of 8, 16 and 24 bits, little-endian ones of 32 bits, and floats of 32 bits. */
function canPlayPcm(id: string, bits: number): boolean {
  if (id === 'A_PCM/FLOAT/IEEE') return bits <= 32
  return id === 'A_PCM/INT/LIT' ? bits <= 32 : bits <= 24
}

/** The numbers of WAVE's codings. */
function codecOfFormatTag(tag: number, bits: number): MatroskaCodec {
  switch (tag) {
    case 1:
      return { name: 'PCM', isPlayable: bits <= 32 }
    case 3:
      return { name: 'PCM', isPlayable: bits <= 32 }
    case 6:
      return playable('A-law')
    case 7:
      return playable('µ-law')
    case 0x50:
      return unplayable('MP2')
    case 0x55:
      return playable('MP3')
    case 0xff:
      return playable('AAC')
    case 0x160:
    case 0x161:
    case 0x162:
    case 0x163:
      return unplayable('WMA')
    case 2:
    case 0x11:
      return unplayable('ADPCM')
    case 0xa109:
      return unplayable('Speex')
    case 0x2000:
      return unplayable('AC-3')
    case 0x2001:
      return unplayable('DTS')
    case 0xf1ac:
      return playable('FLAC')
    default:
      return playable(`WAVE 0x${tag.toString(16)}`)
  }
}

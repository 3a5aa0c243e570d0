import type { SoundFormat } from '../../../../shared/library/track-details.ts'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { codecOfTrack, type MatroskaCodec } from './codec.ts'
import { childrenOf, type Element, ids, readFloat, readNumber, readText } from './elements.ts'

export interface SoundTrack {
  readonly number: number
  readonly uid: number
  readonly isEnabled: boolean
  readonly codec: MatroskaCodec
  readonly isProtected: boolean
  /** 0 if the file does not have it. */
  readonly frameSeconds: number
  readonly format: SoundFormat
}

const soundType = 2
const maxTracks = 200

/** Returns the track that Chromium plays: the first that can be decoded, enabled ones first. */
export function chooseSoundTrack(reader: ByteReader, tracks: Element): SoundTrack | undefined {
  const found: SoundTrack[] = []
  for (const entry of childrenOf(reader, tracks)) {
    const track =
      entry.id === ids.trackEntry && found.length < maxTracks ? readTrack(reader, entry) : undefined
    if (track !== undefined) found.push(track)
  }
  const isPlayable = ({ codec, isProtected }: SoundTrack) => codec.isPlayable && !isProtected
  return (
    found.find((track) => track.isEnabled && isPlayable(track)) ??
    found.find((track) => isPlayable(track)) ??
    found[0]
  )
}

/** Returns undefined for a track of another type. */
function readTrack(reader: ByteReader, entry: Element): SoundTrack | undefined {
  const numbers = new Map<number, number>()
  let codecId = ''
  let codecPrivate: Element | undefined
  let format: SoundFormat = {}
  let isProtected = false
  for (const element of childrenOf(reader, entry)) {
    if (element.id === ids.codecId) codecId = readText(reader, element)
    else if (element.id === ids.codecPrivate) codecPrivate = element
    else if (element.id === ids.audio) format = readFormat(reader, element)
    else if (element.id === ids.contentEncodings) isProtected = isEncrypted(reader, element)
    else if (element.end - element.content <= 8) numbers.set(element.id, readNumber(reader, element))
  }
  if (numbers.get(ids.trackType) !== soundType) return undefined
  return {
    number: numbers.get(ids.trackNumber) ?? 0,
    uid: numbers.get(ids.trackUid) ?? 0,
    isEnabled: numbers.get(ids.flagEnabled) !== 0,
    codec: codecOfTrack(reader, codecId, codecPrivate, format.bits ?? 0),
    isProtected,
    frameSeconds: (numbers.get(ids.defaultDuration) ?? 0) / 1e9,
    format,
  }
}

function readFormat(reader: ByteReader, audio: Element): SoundFormat {
  let format: SoundFormat = {}
  for (const element of childrenOf(reader, audio)) {
    if (element.id === ids.bitDepth) format = { ...format, bits: readNumber(reader, element) || undefined }
    else if (element.id === ids.channels) format = { ...format, channels: readNumber(reader, element) }
    else if (element.id === ids.samplingFrequency)
      format = { ...format, sampleRate: readFloat(reader, element) }
  }
  return format
}

function isEncrypted(reader: ByteReader, encodings: Element): boolean {
  for (const encoding of childrenOf(reader, encodings)) {
    if (encoding.id !== ids.contentEncoding) continue
    for (const element of childrenOf(reader, encoding))
      if (element.id === ids.contentEncodingType && readNumber(reader, element) === 1) return true
  }
  return false
}

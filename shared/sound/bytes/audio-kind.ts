/** A container format that the library reads, recognized by a file's first bytes. */
export type AudioKind =
  | 'mpeg'
  | 'flac'
  | 'ogg'
  | 'mp4'
  | 'wave'
  | 'aiff'
  | 'webm'
  | 'wavpack'
  | 'musepack'
  | 'monkeysAudio'
  | 'asf'
  | 'dsf'
  | 'dsdiff'
  | 'caf'

/** The media types of the formats. */
export const mediaTypes: Readonly<Record<AudioKind, string>> = {
  mpeg: 'audio/mpeg',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  mp4: 'audio/mp4',
  wave: 'audio/wav',
  aiff: 'audio/aiff',
  webm: 'audio/webm',
  wavpack: 'audio/x-wavpack',
  musepack: 'audio/x-musepack',
  monkeysAudio: 'audio/x-ape',
  asf: 'audio/x-ms-wma',
  dsf: 'audio/x-dsf',
  dsdiff: 'audio/x-dff',
  caf: 'audio/x-caf',
}

/** The beginning of the GUID with which a W64 file begins: `riff` and eight bytes. */
const wave64Magic = [0x72, 0x69, 0x66, 0x66, 0x2e, 0x91, 0xcf, 0x11, 0xa5, 0xd6, 0x28, 0xdb]

/** The beginning of the GUID of ASF's header. */
const asfMagic = [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11]

/** Returns the kind by the first bytes of the audio; undefined if there is no header, like in bare MPEG frames. */
export function kindByMagicBytes(head: Uint8Array): AudioKind | undefined {
  if (ascii(head, 0, 4) === 'fLaC') return 'flac'
  if (ascii(head, 0, 4) === 'OggS') return 'ogg'
  if (ascii(head, 4, 4) === 'ftyp') return 'mp4'
  if (/^(RIFF|RIFX|RF64|BW64)$/.test(ascii(head, 0, 4)) && ascii(head, 8, 4) === 'WAVE') return 'wave'
  if (wave64Magic.every((byte, index) => head[index] === byte)) return 'wave'
  if (ascii(head, 0, 4) === 'FORM' && /^AIF[FC]$/.test(ascii(head, 8, 4))) return 'aiff'
  if (head[0] === 0x1a && head[1] === 0x45 && head[2] === 0xdf && head[3] === 0xa3) return 'webm'
  if (asfMagic.every((byte, index) => head[index] === byte)) return 'asf'
  return kindByLetters(ascii(head, 0, 4))
}

function kindByLetters(letters: string): AudioKind | undefined {
  if (letters === 'wvpk') return 'wavpack'
  if (letters === 'MPCK' || letters.startsWith('MP+')) return 'musepack'
  if (letters === 'MAC ') return 'monkeysAudio'
  if (letters === 'DSD ') return 'dsf'
  if (letters === 'FRM8') return 'dsdiff'
  if (letters === 'caff') return 'caf'
  return undefined
}

function ascii(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length))
}

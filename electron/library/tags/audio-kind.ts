/** A container that the library reads, told by a file's first bytes; its media type chooses the tag parser. */
export type AudioKind = 'mpeg' | 'flac' | 'ogg' | 'mp4' | 'wave' | 'aiff' | 'webm'

export const parserMimeTypes: Readonly<Record<AudioKind, string>> = {
  mpeg: 'audio/mpeg',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  mp4: 'audio/mp4',
  wave: 'audio/wav',
  aiff: 'audio/aiff',
  webm: 'video/webm',
}

/** The kind that bytes at the place where audio begins announce; undefined where none is, as in bare MPEG frames. */
export function kindByMagicBytes(head: Uint8Array): AudioKind | undefined {
  if (ascii(head, 0, 4) === 'fLaC') return 'flac'
  if (ascii(head, 0, 4) === 'OggS') return 'ogg'
  if (ascii(head, 4, 4) === 'ftyp') return 'mp4'
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 4) === 'WAVE') return 'wave'
  if (ascii(head, 0, 4) === 'FORM' && /^AIF[FC]$/.test(ascii(head, 8, 4))) return 'aiff'
  if (head[0] === 0x1a && head[1] === 0x45 && head[2] === 0xdf && head[3] === 0xa3) return 'webm'
  return undefined
}

/** Length in bytes of the ID3v2 tag that `head` begins with; 0 where it begins with none. */
export function id3TagLength(head: Uint8Array): number {
  if (ascii(head, 0, 3) !== 'ID3' || head.length < 10) return 0
  let size = 0
  for (let i = 6; i < 10; i++) size = size * 128 + ((head[i] ?? 0) & 0x7f)
  const footer = ((head[5] ?? 0) & 0x10) === 0 ? 0 : 10
  return 10 + size + footer
}

function ascii(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length))
}

/** A track's number: positive, assigned by the host, and never used for another file while the host runs. */
export type TrackId = number

/** A cover's number, assigned by the host. Tracks with the same picture share it. */
export type CoverId = number

/** What the library knows of one audio file. A field is undefined if its tag is missing. */
export interface Track {
  readonly id: TrackId
  /** From the tag, or the file's name without its extension. Never empty. */
  readonly title: string
  readonly artist: string | undefined
  readonly albumArtist: string | undefined
  readonly album: string | undefined
  readonly disc: number | undefined
  /** Track number on the disc, from 1. */
  readonly number: number | undefined
  readonly year: number | undefined
  readonly genre: string | undefined
  /** Seconds; undefined if the file does not contain it. */
  readonly duration: number | undefined
  readonly cover: CoverId | undefined
  /** Path relative to the library's folder with `/` as separator, for display and sorting only. */
  readonly path: string
}

/** A file with an audio extension that could not be read, and the reason as one sentence. */
export interface FileProblem {
  /** Path relative to the library's folder with `/` as separator, for display only. */
  readonly path: string
  readonly reason: string
}

/** The supported extensions, in lower case, with their media types. */
export const audioTypes: Readonly<Record<string, string>> = {
  '.mp3': 'audio/mpeg',
  '.flac': 'audio/flac',
  '.ogg': 'audio/ogg',
  '.oga': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.m4a': 'audio/mp4',
  '.aac': 'audio/aac',
  '.wav': 'audio/wav',
  '.aif': 'audio/aiff',
  '.aiff': 'audio/aiff',
  '.webm': 'audio/webm',
}

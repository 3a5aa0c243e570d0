/** A track's number: positive, given by the host, never used again for another file while the host runs. */
export type TrackId = number

/** A cover's number, given by the host; tracks with the same picture share it. */
export type CoverId = number

/** What the library knows of one audio file. Where a tag is missing the field is undefined. */
export interface Track {
  readonly id: TrackId
  /** From the tag; the file's name without its extension where there is none. Never empty. */
  readonly title: string
  readonly artist: string | undefined
  readonly albumArtist: string | undefined
  readonly album: string | undefined
  readonly disc: number | undefined
  /** Place on the disc, from 1. */
  readonly number: number | undefined
  readonly year: number | undefined
  readonly genre: string | undefined
  /** Seconds, or undefined where the file does not tell. */
  readonly duration: number | undefined
  readonly cover: CoverId | undefined
  /** Path below the library's folder with `/` between names, for display and order only. */
  readonly path: string
}

/** A file with an audio name that could not be read, and one sentence why. */
export interface FileProblem {
  /** Path below the library's folder with `/` between names, for display only. */
  readonly path: string
  readonly reason: string
}

/** The extensions the library takes, in lower case, each with its media type. */
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

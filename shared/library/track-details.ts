import type { TrackTags } from './track.ts'

/** A field of a tag as the file has it. */
export interface ListedField {
  readonly name: string
  readonly values: readonly string[]
}

/** One of a file's tags. */
export interface ListedTag {
  /** The format: `ID3v2.4`, `Vorbis comments`. */
  readonly format: string
  readonly fields: readonly ListedField[]
  /** Fields beyond those that are listed. */
  readonly leftOut: number
}

/** A picture in a file, or beside it. */
export interface ListedPicture {
  /** A media type. */
  readonly type: string
  readonly width: number
  readonly height: number
  readonly bytes: number
}

/** How the sound of a file is stored; a member is undefined if it is not known. */
export interface SoundFormat {
  /** Samples per second of each channel. */
  readonly sampleRate?: number | undefined
  readonly channels?: number | undefined
  /** Bits of a sample; only where samples are stored as such or exactly. */
  readonly bits?: number | undefined
}

/** Everything that a file contains besides its sound. */
export interface TrackDetails extends SoundFormat, Pick<TrackTags, 'codec' | 'duration' | 'warnings'> {
  /** The absolute path, for display. */
  readonly path: string
  /** The size of the file. */
  readonly bytes: number
  /** Milliseconds since 1970. */
  readonly modifiedAt: number
  /** Bits per second on average. */
  readonly bitrate: number | undefined
  readonly pictures: readonly ListedPicture[]
  readonly tags: readonly ListedTag[]
}

import type { ListedTag, SoundFormat } from '../../../shared/library/track-details.ts'
import type { SoundSample } from './sound-sample.ts'

/** A field that a tag may have. Values are as written: `A1`, `3/12`, `6 May 2004`. */
export type TagField =
  | 'title'
  | 'artist'
  | 'albumArtist'
  | 'album'
  | 'disc'
  | 'track'
  | 'date'
  /** The date of the first release; it counts only if there is no `date`. */
  | 'originalDate'
  | 'genre'
  | 'composer'
  /** The names to sort by. */
  | 'titleSort'
  | 'artistSort'
  | 'albumArtistSort'
  | 'albumSort'
  | 'discSubtitle'
  | 'compilation'
  | GainField

/** Numbers that equalize the volume of songs. Those of R128 have another unit and another reference volume. */
export type GainField =
  | 'trackGain'
  | 'trackPeak'
  | 'albumGain'
  | 'albumPeak'
  | 'r128TrackGain'
  | 'r128AlbumGain'

/** Each field's values in the order of the file. The first value counts if a field is a single one. */
export type TagValues = Partial<Readonly<Record<TagField, readonly string[]>>>

/** A picture in a file: its bytes, or where they are. The type that a tag claims does not count. */
export type PictureSource =
  | { readonly bytes: Uint8Array }
  /** Bytes from the start of the file. */
  | { readonly offset: number; readonly length: number }

/** Lists a tag with everything that it contains. Call it while the file is open. */
export type TagLister = () => Promise<ListedTag>

/** What the reader of a format finds in a file. */
export interface MediaReading {
  readonly tags: TagValues
  /** Seconds of sound; undefined if they cannot be determined. */
  readonly duration: number | undefined
  /** A short name: `MP3`, `FLAC`, `AAC`. */
  readonly codec: string | undefined
  /** False if Chromium cannot decode the codec; `warnings` contains the reason. */
  readonly isPlayable: boolean
  /** The front cover comes first. */
  readonly pictures: readonly PictureSource[]
  readonly sound: SoundSample
  readonly format: SoundFormat
  readonly listers: readonly TagLister[]
  /** Sentences for the user: what is unusual or broken about the file. */
  readonly warnings: readonly string[]
}

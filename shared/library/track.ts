/** A track's number: positive, assigned by the host, and never used for another file while the host runs. */
export type TrackId = number

/** A cover's number, assigned by the host. Tracks with the same picture share it. */
export type CoverId = number

/** Gains in decibels and peaks as a share of full scale (1 is 0 dBFS), as the tags state them. */
export interface ReplayGain {
  readonly trackGain: number | undefined
  readonly trackPeak: number | undefined
  readonly albumGain: number | undefined
  readonly albumPeak: number | undefined
}

/** What a file contains. A field is undefined, and a list empty, if its tag is missing. */
export interface TrackTags {
  /** From the tag, or the file's name without its extension. Never empty. */
  readonly title: string
  /** As written in the tag, in its order. */
  readonly artists: readonly string[]
  readonly albumArtists: readonly string[]
  readonly album: string | undefined
  /** The names to sort by, where the tags have them; those of artists in the order of the artists. */
  readonly titleSort: string | undefined
  readonly artistSorts: readonly string[]
  readonly albumArtistSorts: readonly string[]
  readonly albumSort: string | undefined
  readonly disc: number | undefined
  readonly discSubtitle: string | undefined
  /** The side of a record, in upper case: `A` of `A1`. */
  readonly side: string | undefined
  /** Track number on the disc or side, from 1. */
  readonly number: number | undefined
  /** ISO 8601, as precise as the tag: `2004`, `2004-05` or `2004-05-06`. */
  readonly date: string | undefined
  /** The date of the first release, like `date`. */
  readonly originalDate: string | undefined
  /** Whether the tags say that the album is a compilation. */
  readonly isCompilation: boolean
  readonly genres: readonly string[]
  readonly composers: readonly string[]
  readonly replayGain: ReplayGain | undefined
  /** Seconds; undefined if the file does not contain it. */
  readonly duration: number | undefined
  /** A short name: `MP3`, `FLAC`, `AAC`. */
  readonly codec: string | undefined
  /** False if Skein cannot decode the file; `warnings` contains the reason. */
  readonly isPlayable: boolean
  /** Sentences for the user: what is unusual or broken about the file. */
  readonly warnings: readonly string[]
}

/** The tags of a file that has none, besides its title. */
export const noTags: Omit<TrackTags, 'title'> = {
  artists: [],
  albumArtists: [],
  album: undefined,
  titleSort: undefined,
  artistSorts: [],
  albumArtistSorts: [],
  albumSort: undefined,
  disc: undefined,
  discSubtitle: undefined,
  side: undefined,
  number: undefined,
  date: undefined,
  originalDate: undefined,
  isCompilation: false,
  genres: [],
  composers: [],
  replayGain: undefined,
  duration: undefined,
  codec: undefined,
  isPlayable: true,
  warnings: [],
}

/** Why a track cannot be played now: its folder or disk is away, or its file is missing from its folder. */
export type UnavailableReason = 'folderMissing' | 'fileMissing'

/** What the library remembers of a track besides its tags. It stays with the track when its file moves or changes. */
export interface TrackHistory {
  /** Milliseconds since 1970: when the library first saw the track. */
  readonly addedAt: number
  /** 0.5 … 5 in halves; undefined if the user has not rated it. */
  readonly rating: number | undefined
  readonly playCount: number
  /** Milliseconds since 1970. */
  readonly lastPlayedAt: number | undefined
  readonly unavailable: UnavailableReason | undefined
}

/** The history of a track that was just found. */
export const newTrackHistory = (addedAt: number): TrackHistory => ({
  addedAt,
  rating: undefined,
  playCount: 0,
  lastPlayedAt: undefined,
  unavailable: undefined,
})

/** A track of the library. */
export interface Track extends TrackTags, TrackHistory {
  readonly id: TrackId
  readonly cover: CoverId | undefined
  /** Path relative to the library's folder with `/` as separator, for display and sorting only. */
  readonly path: string
}

/** Returns names as one text, in their order; undefined if there are none. */
export function joinNames(names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : names.join(', ')
}

/** Returns the artists as one text, or else the album's artists. */
export function artistOf(track: Track): string | undefined {
  return joinNames(track.artists) ?? joinNames(track.albumArtists)
}

export function yearOf(track: Track): number | undefined {
  return track.date === undefined ? undefined : Number(track.date.slice(0, 4))
}

/** A file with an audio extension that could not be read, and the reason as one sentence. */
export interface FileProblem {
  /** Path relative to the library's folder with `/` as separator, for display only. */
  readonly path: string
  readonly reason: string
}

/**
 * The extensions of files that the library lists, in lower case, with their media types. The content decides how a file is
 * read and served.
 */
export const audioTypes: Readonly<Record<string, string>> = {
  '.mp3': 'audio/mpeg',
  '.mp2': 'audio/mpeg',
  '.mp1': 'audio/mpeg',
  '.mpga': 'audio/mpeg',
  '.flac': 'audio/flac',
  '.ogg': 'audio/ogg',
  '.oga': 'audio/ogg',
  '.spx': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.m4a': 'audio/mp4',
  '.m4b': 'audio/mp4',
  '.m4r': 'audio/mp4',
  '.mp4': 'audio/mp4',
  '.aac': 'audio/aac',
  '.wav': 'audio/wav',
  '.wave': 'audio/wav',
  '.bwf': 'audio/wav',
  '.rf64': 'audio/wav',
  '.w64': 'audio/wav',
  '.aif': 'audio/aiff',
  '.aiff': 'audio/aiff',
  '.aifc': 'audio/aiff',
  '.webm': 'audio/webm',
  '.weba': 'audio/webm',
  '.mka': 'audio/x-matroska',
}

/** The same of files that Skein plays with decoders of its own. */
export const otherAudioTypes: Readonly<Record<string, string>> = {
  '.caf': 'audio/x-caf',
  '.dff': 'audio/x-dff',
  '.dsf': 'audio/x-dsf',
  '.mp+': 'audio/x-musepack',
  '.mpc': 'audio/x-musepack',
  '.mpp': 'audio/x-musepack',
  '.wma': 'audio/x-ms-wma',
  '.wv': 'audio/x-wavpack',
}

/** The same of files that Skein lists and cannot play. It is not registered for them with the system. */
export const unplayedAudioTypes: Readonly<Record<string, string>> = { '.ape': 'audio/x-ape' }

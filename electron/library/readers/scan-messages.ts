import type { DirectoryResult, KnownDirectory } from '../listing/list-directory.ts'
import type { FileVersion } from '../tags/file-version.ts'
import type { Picture } from '../tags/picture.ts'
import type { Thumbnails } from '../thumbnails/make-thumbnails.ts'
import type { DetailsResult } from '../tracks/read-details.ts'
import type { TrackCover, TrackReadResult } from '../tracks/read-track.ts'

/** Where a cover is: in a picture, or in a track of this kind. */
export type CoverLocation = TrackCover['location']

/** A file or directory to read, by its absolute path. */
export type FileRequest =
  | TrackRequest
  | { readonly kind: 'directory'; readonly file: string; readonly known?: KnownDirectory }
  | { readonly kind: 'details'; readonly file: string }
  | { readonly kind: 'cover' | 'thumbnails'; readonly file: string; readonly location: CoverLocation }

export interface TrackRequest {
  readonly kind: 'track'
  readonly file: string
  /** The picture beside the track, if there is one. */
  readonly picture?: string
  /** If the file still has this version, it is not read. */
  readonly known?: FileVersion
}

/** A track has the version that was known. */
export interface UnchangedResult {
  readonly isUnchanged: true
}

/** `picture` is undefined if the file no longer contains one that can be shown. */
export interface CoverReadResult {
  readonly picture: Picture | undefined
}

/** `thumbnails` is undefined if there is no picture, or if it can only be shown as it is. */
export interface ThumbnailResult {
  readonly thumbnails: Thumbnails | undefined
}

export type ReadResult =
  | TrackReadResult
  | UnchangedResult
  | CoverReadResult
  | ThumbnailResult
  | DetailsResult
  | DirectoryResult

/** Receives requests that were done, with a result for each. */
export type BatchListener = (files: readonly FileRequest[], results: readonly ReadResult[]) => void

/** An item of the queue `files`. */
export interface FileBatch {
  /** The scan's number, or `externalRun`. A batch of an earlier scan is dropped. */
  readonly run: number
  /** Unique while the host runs. */
  readonly batch: number
  readonly files: readonly FileRequest[]
}

/** An item of the queue `found`: the results of the batch's files, in the same order. There are fewer if the rest went to another thread. */
export interface BatchResult {
  readonly run: number
  readonly batch: number
  readonly results: PackedResults
}

/** Results on their way to `main`. As JSON they cost it a fifth of the time, so tracks and directories are sent that way. */
export type PackedResults = string | readonly ReadResult[]

/** JSON has no bytes, and leaves out a picture that is undefined. */
export function packResults(files: readonly FileRequest[], results: readonly ReadResult[]): PackedResults {
  const isJson = files.every(({ kind }) => kind === 'track' || kind === 'directory')
  return isJson ? JSON.stringify(results) : results
}

export const unpackResults = (packed: PackedResults): readonly ReadResult[] =>
  typeof packed === 'string' ? (JSON.parse(packed) as readonly ReadResult[]) : packed

/** The run of files that belong to no scan. */
export const externalRun = 0

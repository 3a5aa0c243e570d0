import type { Picture } from './tags/picture.ts'
import type { TrackCover, TrackReadResult } from './tracks/read-track.ts'

/** Where a cover is: in a picture, or in a track of this kind. */
export type CoverLocation = TrackCover['location']

/** A file to read, by its absolute path. */
export type FileRequest =
  /** `picture` is the picture beside a track, if there is one. */
  | { readonly kind: 'track'; readonly file: string; readonly picture?: string }
  | { readonly kind: 'cover'; readonly file: string; readonly location: CoverLocation }

/** `picture` is undefined if the file no longer contains one that can be shown. */
export interface CoverReadResult {
  readonly picture: Picture | undefined
}

export type ReadResult = TrackReadResult | CoverReadResult

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
  readonly results: readonly ReadResult[]
}

/** The run of files that belong to no scan. */
export const externalRun = 0

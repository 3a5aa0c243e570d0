import type { TrackReadResult } from './tracks/read-track.ts'

/** An item of the queue `files`. */
export interface FileBatch {
  /** The scan's number, or `externalRun`. A batch of an earlier scan is dropped. */
  readonly run: number
  /** Unique while the host runs. */
  readonly batch: number
  /** Absolute paths: the file, and the picture beside it if there is one. */
  readonly files: readonly { readonly file: string; readonly picture?: string }[]
}

/** An item of the queue `found`: the results of the batch's files, in the same order. There are fewer if the rest went to another thread. */
export interface BatchResult {
  readonly run: number
  readonly batch: number
  readonly results: readonly TrackReadResult[]
}

/** The run of files that belong to no scan. */
export const externalRun = 0

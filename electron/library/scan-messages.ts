import type { TrackReadResult } from './tags/read-track.ts'

/** What is put into the queue `files`. */
export interface FileBatch {
  /** Counts the scans; what belongs to another run than the present one is dropped, unless it is `apart` from all. */
  readonly run: number
  /** Never used again while the host runs. */
  readonly batch: number
  /** Absolute paths: the file, and the picture beside it if there is one. */
  readonly files: readonly { readonly file: string; readonly picture?: string }[]
}

/** What is put into the queue `found`: one result for each file of the batch, in the same order. */
export interface BatchResult {
  readonly run: number
  readonly batch: number
  readonly results: readonly TrackReadResult[]
}

/** The run of files that no scan asked for. */
export const externalRun = 0

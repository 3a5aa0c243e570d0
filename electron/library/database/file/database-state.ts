/** Which database the thread has opened. */
export type DatabaseState =
  | { readonly kind: 'file' }
  /** The file cannot be written: this is a copy of it, which ends with the process. */
  | { readonly kind: 'copy'; readonly reason: UnusableReason }
  /** The file cannot be used: this database is empty, and ends with the process. */
  | { readonly kind: 'memory'; readonly reason: UnusableReason }

/**
 * `newer`: a newer Skein has changed the schema. `busy`: another program holds the file. `noSpace`, `forbidden`,
 * `fileInPlace`. Else the code of the error.
 */
export type UnusableReason = string

/** How a damaged file was replaced. */
export interface Repair {
  /** The name of the damaged file, which is kept beside the new one. */
  readonly keptAs: string
  /** The day of the backup that was restored, as in `2026-11-27`; undefined if there was none. */
  readonly backup: string | undefined
}

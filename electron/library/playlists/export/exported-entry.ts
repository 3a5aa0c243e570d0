/** An entry as it is written to a file. */
export interface ExportedEntry {
  /** An absolute path for a file of this machine; else what the playlist called it. */
  readonly location: string
  readonly title: string | undefined
  readonly artist: string | undefined
  readonly album: string | undefined
  /** Seconds. */
  readonly duration: number | undefined
}

export interface ExportedPlaylist {
  readonly name: string
  readonly entries: readonly ExportedEntry[]
}

/** A file by byte ranges. */
export interface ByteSource {
  readonly size: number
  /** Resolves with the bytes from `start` to before `end`. The range is within the file. Throws SourceError. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>
  /** Cancels the pending reads. */
  close?(): void
}

/** Samples of all channels, equally many of each. The arrays belong to the receiver. */
export interface PcmBlock {
  readonly sampleRate: number
  readonly channels: readonly Float32Array<ArrayBuffer>[]
}

/** The sound of a file, decoded piece by piece and trimmed: without what the encoder added at its ends. */
export interface AudioStream {
  /** The codec's short name, like `MP3`. */
  readonly codec: string
  /** Those of the first block. In a chain of streams, later blocks can have others. */
  readonly sampleRate: number
  readonly channelCount: number
  /** Frames after trimming; undefined while unknown. */
  readonly frames: number | undefined
  /** Resolves with the next block, with undefined at the end. A block has at least one frame. Throws StreamError. */
  read(): Promise<PcmBlock | undefined>
  /** The next block begins exactly at `frame` of the trimmed sound. Beyond the end, there is no next block. */
  seek(frame: number): Promise<void>
  /** How many places of the file could not be decoded and are replaced by silence. */
  readonly damagedPlaces: number
  /** Releases the decoder and closes the source. A pending read rejects or resolves with undefined. */
  close(): void
}

/** Returns the number of frames in a block. */
export function blockFrames({ channels }: PcmBlock): number {
  return channels[0]?.length ?? 0
}

/** Random access to a file's bytes. */
export interface ByteReader {
  /** The file's size in bytes. */
  readonly size: number
  /** Returns up to `length` bytes from `position`, fewer at the end of the file. They are valid until the next call. */
  view(position: number, length: number): Uint8Array
}

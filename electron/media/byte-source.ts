/** An open file. */
export interface ReadableFile {
  read(
    target: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>
}

/** Bytes to send to the browser. */
export interface ByteSource {
  readonly size: number
  readonly type: string
  /** Reads up to `length` bytes from `position`, within the size; none only if the file became shorter. */
  read(position: number, length: number): Promise<Uint8Array<ArrayBuffer>>
}

export function fileSource(file: ReadableFile, size: number, type: string): ByteSource {
  return { size, type, read: (position, length) => readAt(file, position, length) }
}

export async function readAt(
  file: ReadableFile,
  position: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length)
  const { bytesRead } = await file.read(bytes, 0, length, position)
  return bytes.subarray(0, bytesRead)
}

import type { ByteSource } from '../audio-stream.ts'
import { type ByteParser, parseAsync } from '../bytes/byte-parser.ts'

/** Reads up to `length` bytes from `position`, fewer at the end of the file. Throws SourceError. */
export async function readUpTo(
  source: ByteSource,
  position: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const start = Math.min(Math.max(0, position), source.size)
  const end = Math.min(start + Math.max(0, length), source.size)
  return start === end ? new Uint8Array() : await source.read(start, end)
}

/** Runs a parser on a file. */
export async function parseSource<Result>(source: ByteSource, parser: ByteParser<Result>): Promise<Result> {
  return await parseAsync((position, length) => readUpTo(source, position, length), parser)
}

import type { ByteReader } from './byte-reader.ts'

/** A request for up to `length` bytes of a file. */
export interface ByteRequest {
  readonly position: number
  readonly length: number
}

/**
 * A parser that requests bytes by `yield`, so that threads that may block and those that may not can run it. The bytes
 * that it receives are valid until its next request.
 */
export type ByteParser<Result> = Generator<ByteRequest, Result, Uint8Array>

/** Requests bytes; to be called by `yield*`. */
export function* request(position: number, length: number): ByteParser<Uint8Array> {
  return yield { position, length }
}

/** Runs a parser in a thread that may block. */
export function parseNow<Result>(reader: ByteReader, parser: ByteParser<Result>): Result {
  let step = parser.next()
  while (step.done !== true) step = parser.next(reader.view(step.value.position, step.value.length))
  return step.value
}

/** Runs a parser in a thread that must not block. */
export async function parseAsync<Result>(
  read: (position: number, length: number) => Promise<Uint8Array>,
  parser: ByteParser<Result>,
): Promise<Result> {
  let step = parser.next()
  while (step.done !== true) step = parser.next(await read(step.value.position, step.value.length))
  return step.value
}

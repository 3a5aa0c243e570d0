import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openAudioStream } from '../../../renderer/decoding/open-audio-stream.ts'
import type { AudioStream, ByteSource } from '../../../shared/sound/audio-stream.ts'
import { fixturesFolder } from '../../fixtures/fixture-files.ts'

/** A file in memory that counts what is read of it. */
export class MemorySource implements ByteSource {
  readonly #bytes: Uint8Array
  bytesRead = 0
  isClosed = false

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get size(): number {
    return this.#bytes.length
  }

  async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    if (start < 0 || start >= end || end > this.size) throw new Error(`no bytes ${start} to ${end}`)
    this.bytesRead += end - start
    return new Uint8Array(this.#bytes.subarray(start, end))
  }

  close(): void {
    this.isClosed = true
  }
}

/** Returns a file of the folder other-formats. */
export function otherFormatFile(name: string): Buffer {
  return readFileSync(join(fixturesFolder, 'other-formats', name))
}

/** Opens a file as the decoder thread does. */
export async function openFile(
  content: Uint8Array,
): Promise<{ readonly stream: AudioStream; readonly source: MemorySource }> {
  const source = new MemorySource(content)
  const stream = await openAudioStream(source, 'song')
  onTestFinished(() => stream.close())
  return { stream, source }
}

/** Returns the channels of the rest of a stream. */
export async function readRest(stream: AudioStream): Promise<Float32Array[]> {
  const parts: Float32Array[][] = Array.from({ length: stream.channelCount }, () => [])
  for (let block = await stream.read(); block !== undefined; block = await stream.read())
    for (const [channel, samples] of block.channels.entries()) parts[channel]?.push(samples)
  return parts.map(join32)
}

function join32(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let position = 0
  for (const part of parts) {
    joined.set(part, position)
    position += part.length
  }
  return joined
}

/** Returns the largest difference of two equally long signals; infinity if their lengths differ. */
export function largestDifference(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (a === undefined || b === undefined || a.length !== b.length) return Number.POSITIVE_INFINITY
  let largest = 0
  for (const [index, sample] of a.entries()) {
    const difference = Math.abs(sample - (b[index] as number))
    if (!(difference <= largest)) largest = difference
  }
  return largest
}

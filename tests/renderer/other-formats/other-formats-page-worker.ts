import { openAudioStream } from '../../../renderer/decoding/open-audio-stream.ts'

/** A file, and its samples or the reason why there are none. */
export interface DecodedSamples {
  readonly channels: readonly Float32Array[]
  readonly error?: string
}

async function decode(bytes: Uint8Array<ArrayBuffer>): Promise<DecodedSamples> {
  const source = { size: bytes.length, read: async (start: number, end: number) => bytes.slice(start, end) }
  const stream = await openAudioStream(source, 'song')
  const parts: Float32Array<ArrayBuffer>[][] = []
  for (let block = await stream.read(); block !== undefined; block = await stream.read())
    for (const [channel, samples] of block.channels.entries())
      parts[channel] = [...(parts[channel] ?? []), samples]
  const join = async (blocks: Float32Array<ArrayBuffer>[]) =>
    new Float32Array(await new Blob(blocks).arrayBuffer())
  return { channels: await Promise.all(parts.map(join)) }
}

self.onmessage = async ({ data }: MessageEvent<Uint8Array<ArrayBuffer>>) => {
  try {
    self.postMessage(await decode(data))
  } catch (error) {
    self.postMessage({ channels: [], error: String(error) } satisfies DecodedSamples)
  }
}

import { type FetchSource, openFetchSource } from '../../../renderer/decoding/fetch-source.ts'
import { openAudioStream } from '../../../renderer/decoding/open-audio-stream.ts'
import { blockFrames, type PcmBlock } from '../../../shared/sound/audio-stream.ts'
import { SourceError, StreamError } from '../../../shared/sound/stream-error.ts'

/** What a test gets of a stream. Samples are the bytes of numbers of 32 bits, in base64. */
export interface DecodedFile {
  readonly codec: string
  readonly sampleRate: number
  readonly channelCount: number
  readonly frames: number | undefined
  readonly damagedPlaces: number
  /** The bytes that were requested from the host. */
  readonly requestedBytes: number
  /** The samples of each channel. */
  readonly channels: readonly string[]
  /** The rate of each block that has another one than the block before, or another number of channels. */
  readonly formats: readonly string[]
}

export interface DecodeOptions {
  /** Where to begin, after seeking to each in turn. */
  readonly seeks?: readonly number[]
  /** At most so many frames are returned. */
  readonly maxFrames?: number
  /** The host's conversion for media elements is left out. */
  readonly isRaw?: boolean
}

declare global {
  interface Window {
    /** Resolves with the decoded file, or with the name and the reason of the error. */
    decode(url: string, options: DecodeOptions): Promise<DecodedFile | string>
    /** Opens a file to be read by `readSource`. */
    openSource(url: string): Promise<void>
    /** Resolves with bytes in base64, or with the name and the reason of the error. */
    readSource(start: number, end: number): Promise<string>
  }
}

let requestedBytes = 0
const send = window.fetch.bind(window)
window.fetch = async (...args) => {
  const response = await send(...args)
  requestedBytes += Number(response.headers.get('content-length'))
  return response
}

window.decode = async (url, options) => {
  requestedBytes = 0
  try {
    return await decode(url, options)
  } catch (error) {
    return error instanceof StreamError
      ? `${error.name} ${error.reason}: ${error.message} ${error.cause ?? ''}`
      : String(error)
  }
}

let source: FetchSource | undefined
window.openSource = async (url) => {
  source = await openFetchSource(url)
}
window.readSource = async (start, end) => {
  try {
    return btoa(String.fromCharCode(...((await source?.read(start, end)) ?? [])))
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return `${error.name} ${error.reason}${error.hasChanged ? ' changed' : ''}`
  }
}

async function decode(
  url: string,
  { seeks = [], maxFrames = Number.POSITIVE_INFINITY }: DecodeOptions,
): Promise<DecodedFile> {
  const stream = await openAudioStream(await openFetchSource(url), url)
  for (const frame of seeks) {
    await stream.read()
    await stream.seek(frame)
  }
  const blocks: PcmBlock[] = []
  let frames = 0
  while (frames < maxFrames) {
    const block = await stream.read()
    if (block === undefined) break
    blocks.push(block)
    frames += blockFrames(block)
  }
  const { codec, sampleRate, channelCount, damagedPlaces } = stream
  const total = stream.frames
  stream.close()
  const formats = blocks.map((block) => `${block.sampleRate}/${block.channels.length}`)
  return {
    codec,
    sampleRate,
    channelCount,
    frames: total,
    damagedPlaces,
    requestedBytes,
    channels: Array.from({ length: channelCount }, (_, channel) =>
      encodeSamples(blocks.map(({ channels }) => channels[channel] ?? new Float32Array(0))),
    ),
    formats: formats.filter((format, index) => format !== formats[index - 1]),
  }
}

function encodeSamples(parts: readonly Float32Array<ArrayBuffer>[]): string {
  let text = ''
  for (const part of parts) {
    const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength)
    for (let start = 0; start < bytes.length; start += 8192)
      text += String.fromCharCode(...bytes.subarray(start, start + 8192))
  }
  return btoa(text)
}

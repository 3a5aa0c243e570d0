import type { ByteSource } from '../../shared/sound/audio-stream.ts'
import { joinBytes } from '../../shared/sound/bytes/file-window.ts'
import { SourceError, type StreamFailure } from '../../shared/sound/stream-error.ts'

/** The statuses of the host for a file whose disk does not respond, and for a range that is not in the file. */
const diskHangsStatus = 503
const outOfRangeStatus = 416

/** The bytes of the first request, which shows the file's size too. */
const firstBytes = 64 * 1024

/** Opens a file of the host by its address. Throws SourceError. */
export async function openFetchSource(url: string): Promise<FetchSource> {
  const abort = new AbortController()
  const first = await fetchRange(url, 0, firstBytes, { signal: abort.signal })
  return new FetchSource(url, first, abort)
}

interface FetchedRange {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The whole file's size. */
  readonly size: number
  readonly version: string | undefined
}

/** A file that the host sends by ranges. */
export class FetchSource implements ByteSource {
  readonly size: number
  readonly #url: string
  readonly #version: string | undefined
  readonly #abort: AbortController
  /** The beginning of the file. */
  #first: Uint8Array<ArrayBuffer> | undefined

  constructor(url: string, { bytes, size, version }: FetchedRange, abort: AbortController) {
    this.#url = url
    this.size = size
    this.#version = version
    this.#abort = abort
    this.#first = bytes
  }

  async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const first = this.#first
    if (first !== undefined && end <= first.length) return first.slice(start, end)
    const parts: Uint8Array<ArrayBuffer>[] = []
    // The host can shorten a range.
    for (let position = start; position < end; ) {
      const { bytes } = await this.#fetch(position, end)
      if (bytes.length === 0) throw new SourceError('fileDamaged', 'The host sent no bytes')
      parts.push(bytes)
      position += bytes.length
    }
    return joinBytes(parts)
  }

  close(): void {
    this.#abort.abort()
    this.#first = undefined
  }

  async #fetch(start: number, end: number): Promise<FetchedRange> {
    const range = await fetchRange(this.#url, start, end, {
      signal: this.#abort.signal,
      version: this.#version,
    })
    if (range.size !== this.size || range.version !== this.#version)
      throw new SourceError('fileDamaged', 'The file has changed', { hasChanged: true })
    return range
  }
}

interface FetchOptions {
  readonly signal: AbortSignal
  readonly version?: string | undefined
}

async function fetchRange(
  url: string,
  start: number,
  end: number,
  { signal, version }: FetchOptions,
): Promise<FetchedRange> {
  const headers = {
    Range: `bytes=${start}-${end - 1}`,
    ...(version === undefined ? {} : { 'If-Range': version }),
  }
  try {
    const response = await fetch(url, { headers, cache: 'no-store', signal })
    if (response.ok) return await readRange(response, start)
    void response.body?.cancel()
    throw statusError(response, start)
  } catch (cause) {
    if (cause instanceof SourceError) throw cause
    throw new SourceError('fileMissing', 'The host does not send the file', { cause })
  }
}

async function readRange(response: Response, start: number): Promise<FetchedRange> {
  const version = response.headers.get('etag') ?? undefined
  const match = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '')
  if (response.status === 206 && match !== null && Number(match[1]) === start)
    return { bytes: new Uint8Array(await response.arrayBuffer()), size: Number(match[2]), version }
  void response.body?.cancel()
  // The host sends a file as a whole if it is empty, or no longer the version of the first request.
  if (start === 0 && response.headers.get('content-length') === '0')
    throw new SourceError('fileEmpty', 'The file is empty')
  throw new SourceError('fileDamaged', 'The file has changed', { hasChanged: true })
}

function statusError({ status, headers }: Response, start: number): SourceError {
  return new SourceError(reasonOf(status, headers, start), `The host's status is ${status}`, {
    hasChanged: status === outOfRangeStatus && start > 0,
  })
}

function reasonOf(status: number, headers: Headers, start: number): StreamFailure {
  if (status === diskHangsStatus) return 'diskHangs'
  if (status !== outOfRangeStatus) return 'fileMissing'
  return start === 0 || headers.get('content-range') === 'bytes */0' ? 'fileEmpty' : 'fileDamaged'
}

import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { CoverId, TrackId } from '../../shared/library/track.ts'
import { audioMimeType } from '../library/tags/media-file-names.ts'
import type { Picture } from '../library/tags/picture.ts'
import { errorCode } from '../platform/file-errors.ts'
import { aiffSource } from './aiff-source.ts'
import { type ByteRange, parseRange } from './byte-range.ts'
import { type ByteSource, fileSource } from './byte-source.ts'

/** What the library knows by number. */
export interface MediaSource {
  /** The track's absolute path, undefined for a number that was never given. */
  trackFile(id: TrackId): string | undefined
  /** The cover's picture, undefined where its file is gone or the number was never given. */
  cover(id: CoverId): Promise<Picture | undefined>
}

/** What of a request matters here; a whole `Request` will do. */
export type MediaRequest = Pick<Request, 'method' | 'url' | 'headers'>

/**
 * Answers `/media/<track>` and `/cover/<cover>`: whole, or by one byte range; undefined for any other address. The
 * page names tracks and covers by number only, so that no path ever comes from it. No range is answered with more than
 * `mostBytes`; who wants the rest asks for it.
 */
export async function mediaResponse(
  request: MediaRequest,
  source: MediaSource,
  mostBytes = Number.POSITIVE_INFINITY,
): Promise<Response | undefined> {
  const match = /^\/(media|cover)\/([1-9]\d{0,14})$/.exec(new URL(request.url).pathname)
  if (match === null) return undefined
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return textResponse(405, 'Tracks and covers can only be read.', { Allow: 'GET, HEAD' })
  }
  const id = Number(match[2])
  return match[1] === 'media'
    ? await trackResponse(request, source.trackFile(id), mostBytes)
    : await coverResponse(request, await source.cover(id))
}

async function coverResponse(request: MediaRequest, picture: Picture | undefined): Promise<Response> {
  if (picture === undefined)
    return textResponse(404, 'The picture is not there any more: scan the folder again.')
  const headers = {
    'Content-Type': picture.type,
    'Content-Length': String(picture.bytes.length),
    // A number stands for the same picture as long as the host runs, and so does an address with its token.
    'Cache-Control': 'private, max-age=86400, immutable',
  }
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(picture.bytes), { headers })
}

async function trackResponse(
  request: MediaRequest,
  path: string | undefined,
  mostBytes: number,
): Promise<Response> {
  if (path === undefined) return textResponse(404, 'The library has no such track: scan the folder again.')
  let file: FileHandle | undefined
  try {
    // Without O_NONBLOCK a pipe that took the file's place would hold the request for ever. Windows has no such flag.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const stat = await file.stat()
    if (!stat.isFile()) throw new Error('not a file')
    const version = `"${stat.size.toString(36)}-${Math.round(stat.mtimeMs).toString(36)}"`
    const source = await makeByteSource(file, path, stat.size)
    const range = parseRange(rangeHeader(request, version), source.size)
    const answer = trackResponseInit(source, limitRange(range, mostBytes))
    answer.headers.set('ETag', version)
    if (answer.bytes !== undefined && request.method === 'GET') {
      return new Response(byteStream(file, source, answer.bytes), answer)
    }
    await file.close()
    return answer.status === 416
      ? textResponse(416, 'The file is shorter than that.', answer.headers)
      : new Response(null, answer)
  } catch (error) {
    await file?.close()
    return errorCode(error) === 'EACCES'
      ? textResponse(403, 'Skein may not read the file: change its permissions.')
      : textResponse(404, 'The file is not there any more: it was deleted or moved since the scan.')
  }
}

/** The range counts only where the page has the same version of the file. */
function rangeHeader({ headers }: MediaRequest, version: string): string | null {
  const ifRange = headers.get('If-Range')
  return ifRange === null || ifRange === version ? headers.get('Range') : null
}

/** The beginning of a range that is longer than `bytes`. */
function limitRange(range: ReturnType<typeof parseRange>, bytes: number): ReturnType<typeof parseRange> {
  return typeof range === 'string' ? range : { ...range, end: Math.min(range.end, range.start + bytes - 1) }
}

/** The file's bytes as the browser shall see them; whether it is an AIFF is told by its content, not by its name. */
async function makeByteSource(file: FileHandle, path: string, size: number): Promise<ByteSource> {
  return (
    (await aiffSource(file, size)) ??
    fileSource(file, size, audioMimeType(path) ?? 'application/octet-stream')
  )
}

interface TrackResponseInit {
  readonly status: 200 | 206 | 416
  readonly headers: Headers
  /** What to send; undefined where there is nothing. */
  readonly bytes: ByteRange | undefined
}

function trackResponseInit(
  { size, type }: ByteSource,
  range: ReturnType<typeof parseRange>,
): TrackResponseInit {
  const headers = new Headers({ 'Accept-Ranges': 'bytes', 'Cache-Control': 'private, no-cache' })
  if (range === 'unsatisfiable') {
    headers.set('Content-Range', `bytes */${size}`)
    return { status: 416, headers, bytes: undefined }
  }
  const bytes = range === 'whole' ? { start: 0, end: size - 1 } : range
  headers.set('Content-Type', type)
  headers.set('Content-Length', String(bytes.end - bytes.start + 1))
  if (range !== 'whole') headers.set('Content-Range', `bytes ${bytes.start}-${bytes.end}/${size}`)
  return { status: range === 'whole' ? 200 : 206, headers, bytes: size === 0 ? undefined : bytes }
}

const chunkBytes = 256 * 1024

/** The range's bytes, read as they are asked for. The file is closed at the end, on an error and when nobody reads on. */
function byteStream(
  file: FileHandle,
  source: ByteSource,
  { start, end }: ByteRange,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let position = start
  return new ReadableStream({
    async pull(controller) {
      try {
        const chunk = await source.read(position, Math.min(chunkBytes, end - position + 1))
        if (chunk.length === 0) throw new Error('The file became shorter while it was read.')
        position += chunk.length
        controller.enqueue(chunk)
        if (position <= end) return
        await file.close()
        controller.close()
      } catch (error) {
        await file.close().catch(() => undefined)
        controller.error(error)
      }
    },
    async cancel() {
      await file.close()
    },
  })
}

/** An answer that says in one sentence what is wrong. */
export function textResponse(
  status: number,
  text: string,
  more: Headers | Record<string, string> = {},
): Response {
  const headers = new Headers(more)
  headers.set('Content-Type', 'text/plain; charset=utf-8')
  headers.set('Cache-Control', 'no-store')
  return new Response(`${text}\n`, { status, headers })
}

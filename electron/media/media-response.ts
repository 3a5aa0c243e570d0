import { type ThumbnailSize, thumbnailSizes } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import type { CoverId, TrackId } from '../../shared/library/track.ts'
import { kindByMagicBytes, mediaTypes } from '../../shared/sound/bytes/audio-kind.ts'
import { audioMimeType } from '../library/tags/media-file-names.ts'
import { openUserFileAsync, type UserFile } from '../library/tags/open-user-file.ts'
import type { Picture } from '../library/tags/picture.ts'
import { errorCode } from '../platform/node-errors.ts'
import { DiskHangsError } from '../platform/user-disk.ts'
import { aiffSource } from './aiff-source.ts'
import { type ByteRange, parseRange } from './byte-range.ts'
import { type ByteSource, fileSource, readAt } from './byte-source.ts'
import { waveSource } from './wave-source.ts'

/** Tracks and covers by id. */
export interface MediaSource {
  /** Returns the track's absolute path; undefined for an unknown id. */
  trackFile(id: TrackId): string | undefined
  /** Resolves with the cover's picture, with a size in a smaller version; undefined if its file is gone or the id is unknown. */
  cover(id: CoverId, size?: ThumbnailSize): Promise<Picture | undefined>
}

/** The part of a `Request` that is needed. */
export type MediaRequest = Pick<Request, 'method' | 'url' | 'headers'>

/**
 * Responds to `/media/<track>` and `/cover/<cover>`, as a whole or by one byte range; returns undefined for any other
 * address. The page names tracks and covers by id only, so that no path ever comes from it. A range is shortened to
 * `maxBytes`; the browser then requests the rest.
 */
export async function mediaResponse(
  request: MediaRequest,
  source: MediaSource,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<Response | undefined> {
  const { pathname, searchParams } = new URL(request.url)
  const match = /^\/(media|cover)\/([1-9]\d{0,14})$/.exec(pathname)
  if (match === null) return undefined
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return textResponse(405, m.host_http_media_read_only(), { Allow: 'GET, HEAD' })
  }
  const id = Number(match[2])
  return match[1] === 'media'
    ? await trackResponse(request, source.trackFile(id), maxBytes)
    : await coverResponse(request, await source.cover(id, parseSize(searchParams.get('size'))))
}

/** Any other size stands for the whole picture. */
function parseSize(text: string | null): ThumbnailSize | undefined {
  return thumbnailSizes.find((size) => String(size) === text)
}

async function coverResponse(request: MediaRequest, picture: Picture | undefined): Promise<Response> {
  if (picture === undefined) return textResponse(404, m.host_cover_missing())
  const headers = {
    'Content-Type': picture.type,
    'Content-Length': String(picture.bytes.length),
    // An id, and an address with its token, name the same picture as long as the host runs.
    'Cache-Control': 'private, max-age=86400, immutable',
  }
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(picture.bytes), { headers })
}

async function trackResponse(
  request: MediaRequest,
  path: string | undefined,
  maxBytes: number,
): Promise<Response> {
  if (path === undefined) return textResponse(404, m.host_track_unknown())
  let file: UserFile | undefined
  try {
    const opened = await openUserFileAsync(path)
    file = opened.file
    const version = `"${opened.size.toString(36)}-${Math.round(opened.modified).toString(36)}"`
    const source = await makeByteSource(file, path, opened.size)
    const range = parseRange(rangeHeader(request, version), source.size)
    const init = trackResponseInit(source, limitRange(range, maxBytes))
    init.headers.set('ETag', version)
    if (init.bytes !== undefined && request.method === 'GET') {
      return new Response(byteStream(file, source, init.bytes), init)
    }
    file.close()
    return init.status === 416
      ? textResponse(416, m.host_http_range(), init.headers)
      : new Response(null, init)
  } catch (error) {
    file?.close()
    if (error instanceof DiskHangsError) return textResponse(503, error.message)
    return errorCode(error) === 'EACCES'
      ? textResponse(403, m.host_track_forbidden())
      : textResponse(404, m.host_track_missing())
  }
}

/** The range counts only if the page has the same version of the file. */
function rangeHeader({ headers }: MediaRequest, version: string): string | null {
  const ifRange = headers.get('If-Range')
  return ifRange === null || ifRange === version ? headers.get('Range') : null
}

/** Shortens a range to `maxBytes`. */
function limitRange(range: ReturnType<typeof parseRange>, maxBytes: number): ReturnType<typeof parseRange> {
  return typeof range === 'string'
    ? range
    : { ...range, end: Math.min(range.end, range.start + maxBytes - 1) }
}

/** Returns the file's bytes for the browser. Its content, not its name, decides how it is sent and as what. */
async function makeByteSource(file: UserFile, path: string, size: number): Promise<ByteSource> {
  return (
    (await aiffSource(file, size)) ??
    (await waveSource(file, size)) ??
    fileSource(file, size, await readMediaType(file, path))
  )
}

/** Returns the type by the first bytes, or else by the name. */
async function readMediaType(file: UserFile, path: string): Promise<string> {
  const kind = kindByMagicBytes(await readAt(file, 0, 12))
  return (kind && mediaTypes[kind]) ?? audioMimeType(path) ?? 'application/octet-stream'
}

interface TrackResponseInit {
  readonly status: 200 | 206 | 416
  readonly headers: Headers
  /** The bytes to send; undefined if there are none. */
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

/** Streams a range of bytes. The file is closed at the end, on an error, and when the stream is cancelled. */
function byteStream(
  file: UserFile,
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
        file.close()
        controller.close()
      } catch (error) {
        file.close()
        controller.error(error)
      }
    },
    cancel() {
      file.close()
    },
  })
}

/** Returns a response with one sentence that says what is wrong. */
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

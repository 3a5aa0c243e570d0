import { type FileHandle, open } from 'node:fs/promises'
import type { CoverId, TrackId } from '../shared/library/track.ts'
import { type ByteRange, parseRange } from './byte-range.ts'
import { audioType } from './library/audio-name.ts'
import type { Picture } from './library/picture.ts'
import { errorCode } from './library/reasons.ts'

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
 * page names tracks and covers by number only, so that no path ever comes from it.
 */
export async function mediaResponse(
  request: MediaRequest,
  source: MediaSource,
): Promise<Response | undefined> {
  const match = /^\/(media|cover)\/([1-9]\d{0,14})$/.exec(new URL(request.url).pathname)
  if (match === null) return undefined
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return sentence(405, 'Tracks and covers can only be read.', { Allow: 'GET, HEAD' })
  }
  const id = Number(match[2])
  return match[1] === 'media'
    ? await trackResponse(request, source.trackFile(id))
    : await coverResponse(request, await source.cover(id))
}

async function coverResponse(request: MediaRequest, picture: Picture | undefined): Promise<Response> {
  if (picture === undefined) return sentence(404, 'The picture is not there any more: scan the folder again.')
  const headers = {
    'Content-Type': picture.type,
    'Content-Length': String(picture.bytes.length),
    // A number stands for the same picture as long as the host runs, and so does an address with its token.
    'Cache-Control': 'private, max-age=86400, immutable',
  }
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(picture.bytes), { headers })
}

async function trackResponse(request: MediaRequest, path: string | undefined): Promise<Response> {
  if (path === undefined) return sentence(404, 'The library has no such track: scan the folder again.')
  let file: FileHandle | undefined
  try {
    file = await open(path)
    const stat = await file.stat()
    if (!stat.isFile()) throw new Error('not a file')
    const version = `"${stat.size.toString(36)}-${Math.round(stat.mtimeMs).toString(36)}"`
    const response = fileResponse(request, file, path, stat.size, version)
    if (response.body === null) await file.close()
    return response
  } catch (error) {
    await file?.close()
    return errorCode(error) === 'EACCES'
      ? sentence(403, 'Skein may not read the file: change its permissions.')
      : sentence(404, 'The file is not there any more: it was deleted or moved since the scan.')
  }
}

/** Hands the open file on to the response's body, which closes it. */
function fileResponse(
  request: MediaRequest,
  file: FileHandle,
  path: string,
  size: number,
  version: string,
): Response {
  const ifRange = request.headers.get('If-Range')
  const header = ifRange === null || ifRange === version ? request.headers.get('Range') : null
  const range = parseRange(header, size)
  if (range === 'unsatisfiable') {
    return sentence(416, 'The file is shorter than that.', { 'Content-Range': `bytes */${size}` })
  }
  const bytes: ByteRange = range === 'whole' ? { start: 0, end: size - 1 } : range
  const headers = new Headers({
    'Content-Type': audioType(path) ?? 'application/octet-stream',
    'Content-Length': String(bytes.end - bytes.start + 1),
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-cache',
    ETag: version,
  })
  if (range !== 'whole') headers.set('Content-Range', `bytes ${bytes.start}-${bytes.end}/${size}`)
  const body = request.method === 'HEAD' || size === 0 ? null : fileStream(file, bytes)
  return new Response(body, { status: range === 'whole' ? 200 : 206, headers })
}

const chunkBytes = 256 * 1024

/** The range's bytes, read as they are asked for. The file is closed at the end, on an error and when nobody reads on. */
function fileStream(file: FileHandle, { start, end }: ByteRange): ReadableStream<Uint8Array> {
  let position = start
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const chunk = new Uint8Array(Math.min(chunkBytes, end - position + 1))
          const { bytesRead } = await file.read(chunk, 0, chunk.length, position)
          if (bytesRead === 0) throw new Error('The file became shorter while it was read.')
          position += bytesRead
          controller.enqueue(chunk.subarray(0, bytesRead))
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
    },
    { highWaterMark: 1 },
  )
}

/** An answer that says in one sentence what is wrong. */
export function sentence(status: number, text: string, headers: Record<string, string> = {}): Response {
  const type = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }
  return new Response(`${text}\n`, { status, headers: { ...type, ...headers } })
}

import { readFile } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { m } from '../../shared/i18n/messages.js'
import { textResponse } from '../media/media-response.ts'
import { framedHeaders, scriptHeaders } from './security-headers.ts'

/** Pages that the window loads in a frame. */
const framedPages: readonly string[] = ['/lab/process.html']

const pageTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.map': 'application/json',
  '.wasm': 'application/wasm',
}

/** Responds with a file of the built page below `folder`, `index.html` for `/`; with 404 for everything else. */
export async function pageResponse(
  request: Pick<Request, 'method' | 'url'>,
  folder: string,
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return textResponse(405, m.host_http_page_read_only(), { Allow: 'GET, HEAD' })
  }
  const { pathname } = new URL(request.url)
  const file = pageFile(pathname, folder)
  const type = file === undefined ? undefined : pageTypes[extname(file)]
  if (file === undefined || type === undefined) return textResponse(404, m.host_http_no_page())
  try {
    const bytes = await readFile(file)
    const headers = {
      'Content-Type': type,
      'Content-Length': String(bytes.length),
      'Cache-Control': 'no-cache',
      ...(framedPages.includes(pathname) && framedHeaders),
      ...(extname(pathname) === '.js' && scriptHeaders),
    }
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(bytes), { headers })
  } catch {
    return textResponse(404, m.host_http_no_page())
  }
}

/** Returns the file that a path names; undefined if it is outside the folder or not a valid path. */
function pageFile(pathname: string, folder: string): string | undefined {
  let path: string
  try {
    path = decodeURIComponent(pathname)
  } catch {
    return undefined
  }
  if (path.includes('\0') || path.includes('\\')) return undefined
  const file = resolve(folder, join('.', path === '/' ? 'index.html' : path))
  return file.startsWith(resolve(folder) + sep) ? file : undefined
}

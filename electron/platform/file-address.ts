import { hostname } from 'node:os'
import { decodePath } from './system-path.ts'

/**
 * Returns the paths that a `file:` address can mean, the most literal one first; undefined if it is none. People paste
 * addresses with and without percent-encoding, with bare `#`, `?` and `%`, and with one to three slashes.
 */
export function fileAddressPaths(
  address: string,
  windows = process.platform === 'win32',
): string[] | undefined {
  const [, rest] = /^file:(.*)$/is.exec(address.trim()) ?? []
  if (rest === undefined) return undefined
  const literal = removeHost(windows ? rest.replaceAll('\\', '/') : rest)
  const path = windows ? toWindowsPath(literal) : literal
  return [...new Set([path, decodePercent(path)])]
}

/** Removes the host of an address, and slashes that are too many. `//host/share` stays if it is another machine. */
function removeHost(rest: string): string {
  const [, slashes = '', host = '', path = ''] = /^(\/*)([^/]*)(.*)$/s.exec(rest) ?? []
  if (slashes.length === 2 && isThisMachine(host)) return path === '' ? '/' : path
  if (slashes.length === 3) return `/${host}${path}`
  return rest
}

const isThisMachine = (host: string): boolean =>
  ['', 'localhost', '127.0.0.1', hostname().toLowerCase()].includes(host.toLowerCase())

/** `/C:/Music`, `//C|/Music` → `C:/Music`; `////host/share` → `//host/share` */
const toWindowsPath = (path: string): string =>
  path.replace(/^\/*([a-z])[:|](?=\/|$)/i, '$1:').replace(/^\/{4,}/, '//')

/** Decodes what is percent-encoded, and keeps a bare `%`. */
export function decodePercent(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (encoded) => {
    const bytes = Buffer.from(encoded.replaceAll('%', ''), 'hex')
    // No path contains a zero byte.
    return bytes.includes(0) ? encoded : decodePath(bytes)
  })
}

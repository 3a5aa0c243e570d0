// Howler stops a download by giving its element a silent `data:` address; the styles are React's and the toolkit's own.
const contentPolicy = (ancestors: string, script = ''): string =>
  [
    "default-src 'none'",
    `script-src 'self'${script}`,
    "worker-src 'self'",
    "frame-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors}`,
  ].join('; ')

/** A page shares memory with its workers only with these two. */
export const isolationHeaders: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

/** The headers of every response of both hosts. */
export const securityHeaders: Readonly<Record<string, string>> = {
  ...isolationHeaders,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': contentPolicy("'none'"),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
}

/** For the page of the Lab's process, the only one that may be framed. */
export const framedHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentPolicy("'self'"),
}

/**
 * For scripts. Their policy counts in workers only: the thread `decoder` loads decoders in WebAssembly, and the page does
 * not.
 */
export const scriptHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentPolicy("'none'", " 'wasm-unsafe-eval'"),
}

/** Adds the headers that a response does not set itself. */
export function withSecurityHeaders(
  response: Response,
  more: Readonly<Record<string, string>> = {},
): Response {
  for (const [name, value] of Object.entries({ ...securityHeaders, ...more }))
    if (!response.headers.has(name)) response.headers.set(name, value)
  return response
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { isolationHeaders } from '../../../electron/security-headers.ts'

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' }
const script = 'page.js'

export interface BuiltPage {
  /** `/` is the page, `/empty` one with nothing on it. */
  readonly address: string
  close(): void
}

/** Builds the measured page as the application is built, and serves it on loopback, cross-origin isolated. */
export async function servePage(): Promise<BuiltPage> {
  const files = await bundle()
  const styles = [...files.keys()].filter((name) => name.endsWith('.css'))
  const links = styles.map((name) => `<link rel=stylesheet href=${name}>`).join('')
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value)
    const found = files.get(pathname)
    const type = found === undefined ? 'text/html' : (types[extname(pathname)] ?? 'application/octet-stream')
    response.setHeader('Content-Type', type)
    if (found !== undefined) response.end(found)
    else if (pathname === '/')
      response.end(`<!doctype html><title>Threads</title>${links}<script type=module src=${script}></script>`)
    else if (pathname === '/empty') response.end('<!doctype html><title>Empty</title>')
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}`, close: () => server.close() }
}

async function bundle(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    base: './',
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      write: false,
      target: 'chrome130',
      rollupOptions: {
        input: fileURLToPath(new URL('page.tsx', import.meta.url)),
        output: { entryFileNames: script },
      },
    },
  })
  const [built] = Array.isArray(result) ? result : [result]
  if (built === undefined || !('output' in built)) throw new Error('the page was not built.')
  return new Map(
    built.output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
  )
}

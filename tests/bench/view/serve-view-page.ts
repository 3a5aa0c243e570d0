import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { isolationHeaders } from '../../../electron/web/security-headers.ts'

const contentTypes: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' }
const scriptName = 'page.js'

export interface ServedPage {
  /** `/` is the page, `/empty` an empty one. */
  readonly address: string
  close(): void
}

/** Builds the measured page like the application, and serves it on loopback, cross-origin isolated. */
export async function serveViewPage(): Promise<ServedPage> {
  const files = await buildFiles()
  const styles = [...files.keys()].filter((name) => name.endsWith('.css'))
  const links = styles.map((name) => `<link rel=stylesheet href=${name}>`).join('')
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value)
    const found = files.get(pathname)
    const type =
      found === undefined ? 'text/html' : (contentTypes[extname(pathname)] ?? 'application/octet-stream')
    response.setHeader('Content-Type', type)
    if (found !== undefined) response.end(found)
    else if (pathname === '/')
      response.end(
        `<!doctype html><title>Threads</title>${links}<script type=module src=${scriptName}></script>`,
      )
    else if (pathname === '/empty') response.end('<!doctype html><title>Empty</title>')
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}`, close: () => server.close() }
}

async function buildFiles(): Promise<ReadonlyMap<string, string | Uint8Array>> {
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
        input: fileURLToPath(new URL('view-page.tsx', import.meta.url)),
        output: { entryFileNames: scriptName },
      },
    },
  })
  const [built] = Array.isArray(result) ? result : [result]
  if (built === undefined || !('output' in built)) throw new Error('The page was not built.')
  return new Map(
    built.output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
  )
}

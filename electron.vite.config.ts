import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { isolationHeaders } from './electron/web/security-headers.ts'

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))

/** The commit that is built; `unknown` in a tarball, also in one that lies in a folder of another repository. */
function commit(): string {
  if (!existsSync('.git')) return 'unknown'
  try {
    const words = ['rev-parse', '--short', 'HEAD']
    return execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return 'unknown'
  }
}

// Everything is bundled, so a build needs nothing beside itself but the runtime.
export default defineConfig({
  main: {
    define: { SKEIN_VERSION: JSON.stringify(version), SKEIN_COMMIT: JSON.stringify(commit()) },
    build: {
      target: 'node20.18',
      externalizeDeps: false,
      rollupOptions: {
        input: {
          main: resolve('electron/main.ts'),
          'web-host': resolve('electron/web-host-main.ts'),
          'scan-worker': resolve('electron/library/scan-worker.ts'),
        },
        external: ['electron'],
      },
    },
  },
  preload: {
    build: {
      target: 'node20.18',
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: resolve('electron/preload.ts') },
        external: ['electron'],
        // A sandboxed preload script cannot be an ES module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    base: './',
    plugins: [react()],
    worker: { format: 'es' },
    server: { headers: isolationHeaders },
    build: {
      target: 'chrome130',
      minify: true,
      rollupOptions: {
        input: {
          index: resolve('renderer/index.html'),
          'lab-process': resolve('renderer/lab/process.html'),
        },
        // The first picture waits for every file of its own. So they are few, and the Lab's frame loads no React.
        output: {
          codeSplitting: {
            groups: [
              { name: 'shared', tags: ['$initial'], test: /[\\/]shared[\\/]/, priority: 1 },
              { name: 'window', tags: ['$initial'], test: /^(?!.*[\\/]renderer[\\/]lab[\\/])/ },
            ],
          },
        },
      },
    },
  },
})

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { isolationHeaders } from './electron/web/security-headers.ts'
import { nativePackages } from './packaging/native-packages.ts'

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

const entryOfWindow = resolve('renderer/main.tsx')
const entryOfLabFrame = resolve('renderer/lab/run/lab-process-main.ts')
const modulesOfWindow = new Set<string>()
const modulesOfLabFrame = new Set<string>()

interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null
}

/**
 * Returns the script that holds a module. The first picture waits for each script, so there are two: the Lab's frame
 * needs `shared` as well, and must not run `window`, which starts the player. The Lab itself is loaded later, and so is
 * what only its frame needs.
 */
function scriptName(id: string, graph: ModuleGraph): string | null {
  if (modulesOfLabFrame.size === 0) {
    collectModules(entryOfWindow, graph, modulesOfWindow)
    collectModules(entryOfLabFrame, graph, modulesOfLabFrame)
  }
  if (/[\\/]renderer[\\/]lab[\\/]/.test(id)) return null
  if (!modulesOfLabFrame.has(id)) return 'window'
  return modulesOfWindow.has(id) ? 'shared' : null
}

/** Collects a module and what it imports, directly or not. */
function collectModules(id: string, graph: ModuleGraph, collected: Set<string>): void {
  if (collected.has(id)) return
  collected.add(id)
  for (const imported of graph.getModuleInfo(id)?.importedIds ?? [])
    collectModules(imported, graph, collected)
}

/** Puts the module that decodes pictures beside the code that loads it. */
const pictureCodec = {
  name: 'skein-picture-codec',
  generateBundle(this: { emitFile: (file: object) => void }) {
    const source = readFileSync(resolve('node_modules/@cf-wasm/photon/dist/lib/photon_rs_bg.wasm'))
    this.emitFile({ type: 'asset', fileName: 'picture-codec.wasm', source })
  },
}

// Everything is bundled but packages with native code, so a build needs nothing else beside itself but the runtime.
export default defineConfig({
  main: {
    define: { SKEIN_VERSION: JSON.stringify(version), SKEIN_COMMIT: JSON.stringify(commit()) },
    plugins: [pictureCodec],
    build: {
      target: 'node20.18',
      externalizeDeps: false,
      rollupOptions: {
        input: {
          main: resolve('electron/main.ts'),
          'web-host': resolve('electron/web-host-main.ts'),
          'scan-worker': resolve('electron/library/scan-worker.ts'),
          'watcher-process': resolve('electron/library/watching/watcher-process.ts'),
        },
        external: ['electron', ...nativePackages],
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
        output: {
          codeSplitting: { groups: [{ name: scriptName, debugName: 'first picture', tags: ['$initial'] }] },
        },
      },
    },
  },
})

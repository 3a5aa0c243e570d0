import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

/** The repository's root, or the packaged application's: the nearest folder above this code with a package.json. */
export const rootFolder = nearestPackageFolder(here)

function nearestPackageFolder(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  return parent === folder ? here : nearestPackageFolder(parent)
}

const isBuilt = !import.meta.url.endsWith('.ts')

/** The module that a scan thread's worker runs. */
export const scanWorkerUrl = pathToFileURL(
  isBuilt ? join(rootFolder, 'out', 'main', 'scan-worker.js') : join(here, '..', 'library', 'scan-worker.ts'),
)

/** The WebAssembly module that decodes pictures. */
export const pictureCodecFile = isBuilt
  ? join(rootFolder, 'out', 'main', 'picture-codec.wasm')
  : join(rootFolder, 'node_modules', '@cf-wasm', 'photon', 'dist', 'lib', 'photon_rs_bg.wasm')

/** The module that the watcher process runs. */
export const watcherModule = isBuilt
  ? join(rootFolder, 'out', 'main', 'watcher-process.js')
  : join(here, '..', 'library', 'watching', 'watcher-process.ts')

export const demoFolder = join(rootFolder, 'demo')
export const pageFolder = join(rootFolder, 'out', 'renderer')
export const preloadScript = join(rootFolder, 'out', 'preload', 'preload.cjs')

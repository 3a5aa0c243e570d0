import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The built web host. Importing it runs it. */
export const webHostProgram = new URL('../out/main/web-host.js', import.meta.url)

const sources = [
  'electron',
  'renderer',
  'shared',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
]
const products = [
  'main/main.js',
  'main/web-host.js',
  'main/scan-worker.js',
  'main/watcher-process.js',
  'preload/preload.cjs',
  'renderer/index.html',
]

/** Builds the player unless it was built after the newest change. Throws an Error for the user if the build fails. */
export function buildIfNeeded(): void {
  const newestSource = Math.max(...sources.map((path) => newestModificationTime(join(root, path))))
  if (newestSource < Math.min(...products.map((path) => modificationTime(join(root, 'out', path))))) return
  // The standard output contains only the address.
  console.error('Building Skein …')
  const builder = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, [builder, 'build'], options)
  if (status !== 0)
    throw new Error(`${stdout}${stderr}Skein could not be built: run npm install and try again.`)
}

/** Returns a file's modification time in milliseconds since 1970; 0 if it does not exist. */
function modificationTime(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function newestModificationTime(path: string): number {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return modificationTime(path)
  const entries = readdirSync(path, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile())
  return Math.max(0, ...files.map((entry) => modificationTime(join(entry.parentPath, entry.name))))
}

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Runtime } from '../../packaging/electron-builder.ts'
import { obtainElectron } from '../find-electron.ts'

/** Returns the folder of Electron's runtime, and its version. Throws an Error for the user if it is missing. */
export function findRuntime(): Runtime {
  const program = obtainElectron()
  if (program === undefined) {
    throw new Error(
      "Electron's runtime is missing: set ELECTRON_OVERRIDE_DIST_PATH to a folder with one, or connect to the network.",
    )
  }
  const folder = runtimeFolder(program)
  const file = join(folder, 'version')
  if (!existsSync(file))
    throw new Error(`${folder} has no file "version": it is not a complete Electron runtime.`)
  return { folder, version: readFileSync(file, 'utf8').trim().replace(/^v/, '') }
}

/**
 * Returns a sentence if the runtime is not the one that package.json names, which is the one that is tested and kept up
 * to date; undefined if it is.
 */
export function describeOtherRuntime(
  version: string,
  expected: string = readElectronVersion(),
): string | undefined {
  if (version === expected) return undefined
  return `This runtime is Electron ${version}, but package.json names ${expected}: do not publish these packages.`
}

function readElectronVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const { devDependencies }: { devDependencies: { electron: string } } = JSON.parse(text)
  return devDependencies.electron
}

/** On macOS the program is in `Electron.app/Contents/MacOS`. */
function runtimeFolder(program: string): string {
  const folder = dirname(program)
  return process.platform === 'darwin' ? join(folder, '..', '..', '..') : folder
}

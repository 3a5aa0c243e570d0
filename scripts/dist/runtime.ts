import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Runtime } from '../../packaging/electron-builder.ts'
import { obtainElectron } from '../find-electron.ts'

/** The folder that Electron's program comes from, and the version that stands in it. Throws an Error for the user. */
export function findRuntime(): Runtime {
  const program = obtainElectron()
  if (program === undefined) {
    throw new Error(
      "Electron's runtime cannot be had: let ELECTRON_OVERRIDE_DIST_PATH name a folder with one, or connect to the network.",
    )
  }
  const folder = runtimeFolder(program)
  const file = join(folder, 'version')
  if (!existsSync(file)) throw new Error(`${folder} has no file "version": it is no whole Electron runtime.`)
  return { folder, version: readFileSync(file, 'utf8').trim().replace(/^v/, '') }
}

/** On macOS the program lies in `Electron.app/Contents/MacOS`. */
function runtimeFolder(program: string): string {
  const folder = dirname(program)
  return process.platform === 'darwin' ? join(folder, '..', '..', '..') : folder
}

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const electronPackage = fileURLToPath(new URL('../node_modules/electron/', import.meta.url))
const downloadTimeout = 5 * 60_000

/** Returns Electron's program in `ELECTRON_OVERRIDE_DIST_PATH`, else in its package; undefined if it is missing. */
export function findElectron(): string | undefined {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(electronPackage, 'dist')
  const program = join(folder, programName())
  return existsSync(program) ? program : undefined
}

/** Returns Electron's program. Lets the package download its runtime if it is missing, for up to five minutes. */
export function obtainElectron(): string | undefined {
  const found = findElectron()
  if (found || process.env.ELECTRON_OVERRIDE_DIST_PATH) return found
  console.error("Downloading Electron's runtime (about 110 MB, once) …")
  spawnSync(process.execPath, [join(electronPackage, 'install.js')], {
    stdio: 'ignore',
    timeout: downloadTimeout,
  })
  return findElectron()
}

function programName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

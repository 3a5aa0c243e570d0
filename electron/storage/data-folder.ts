import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { errorCode } from '../platform/file-errors.ts'

/** Where settings are kept, the same for both hosts: `SKEIN_DATA_DIR`, else the system's folder for an application's data. */
export function dataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const { SKEIN_DATA_DIR, APPDATA, XDG_DATA_HOME } = environment
  if (SKEIN_DATA_DIR !== undefined && SKEIN_DATA_DIR !== '') return resolve(SKEIN_DATA_DIR)
  const home = homedir()
  if (process.platform === 'win32') return join(APPDATA || join(home, 'AppData', 'Roaming'), 'Skein')
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'Skein')
  return join(XDG_DATA_HOME || join(home, '.local', 'share'), 'skein')
}

/** Where logs are kept: in the data folder, on macOS where the system's own viewer looks for them. */
export function logFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (process.platform === 'darwin' && !environment.SKEIN_DATA_DIR)
    return join(homedir(), 'Library', 'Logs', 'Skein')
  return join(dataFolder(environment), 'logs')
}

/** More than a settings file needs. */
const probeBytes = 16 * 1024

/** Why nothing can be saved in a folder, as the end of a sentence; undefined where it can. Makes the folder. */
export function findWriteProblem(folder: string): string | undefined {
  const probe = join(folder, `.probe-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(probe, Buffer.alloc(probeBytes, 1), { mode: 0o600 })
    return undefined
  } catch (error) {
    return describeWriteError(error)
  } finally {
    try {
      rmSync(probe, { force: true })
    } catch {
      // A file system that is read-only refuses to remove even what is not there.
    }
  }
}

/** The reason for a failed write, as the end of a sentence. */
export function describeWriteError(error: unknown): string {
  const code = errorCode(error)
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'there is no room left'
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return 'it may not be written'
    case 'EEXIST':
    case 'ENOTDIR':
      return 'a file is in its place'
    default:
      return code ?? 'the system refused it'
  }
}

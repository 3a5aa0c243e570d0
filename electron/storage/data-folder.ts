import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { errorCode } from '../platform/node-errors.ts'
import { isProcessRunning } from '../platform/process-running.ts'
import { removeIfPossible } from '../platform/remove-if-possible.ts'

/** Returns the data folder of both hosts: `SKEIN_DATA_DIR`, else the system's folder for an application's data. */
export function dataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const { SKEIN_DATA_DIR, APPDATA, XDG_DATA_HOME } = environment
  if (SKEIN_DATA_DIR !== undefined && SKEIN_DATA_DIR !== '') return resolve(SKEIN_DATA_DIR)
  const home = homedir()
  if (process.platform === 'win32') return join(APPDATA || join(home, 'AppData', 'Roaming'), 'Skein')
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'Skein')
  return join(XDG_DATA_HOME || join(home, '.local', 'share'), 'skein')
}

/** Returns the folder for logs: in the data folder; on macOS where the system's log viewer finds them. */
export function logFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (process.platform === 'darwin' && !environment.SKEIN_DATA_DIR)
    return join(homedir(), 'Library', 'Logs', 'Skein')
  return join(dataFolder(environment), 'logs')
}

/** `noSpace`, `forbidden` or `fileInPlace`; for other errors, their code. */
export type WriteProblem = string

/** More than a settings file needs. */
const probeBytes = 16 * 1024

/** Returns why nothing can be saved in a folder; undefined if it can. Creates the folder. */
export function findWriteProblem(folder: string): WriteProblem | undefined {
  const probe = join(folder, `.probe-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(probe, Buffer.alloc(probeBytes, 1), { mode: 0o600 })
    return undefined
  } catch (error) {
    return writeProblemOf(error)
  } finally {
    removeIfPossible(probe)
  }
}

/** Returns why a write failed. */
export function writeProblemOf(error: unknown): WriteProblem {
  const code = errorCode(error)
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'noSpace'
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return 'forbidden'
    case 'EEXIST':
    case 'ENOTDIR':
      return 'fileInPlace'
    default:
      return code ?? String(error)
  }
}

/** The files that a process uses for a moment, with its number. */
const temporaryName = /^(?:settings\.json\.(\d+)\.new|\.probe-(\d+)|hand-over-(\d+)\.json)$/

/** Removes what processes left in the data folder that crashed. */
export function removeStaleFiles(folder: string): void {
  let names: readonly string[]
  try {
    names = readdirSync(folder)
  } catch {
    return
  }
  for (const name of names) {
    const found = temporaryName.exec(name)
    const pid = found?.[1] ?? found?.[2] ?? found?.[3]
    if (pid !== undefined && !isProcessRunning(Number(pid))) removeIfPossible(join(folder, name))
  }
}

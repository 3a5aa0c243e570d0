import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where settings are kept, the same for both hosts: `SKEIN_DATA_DIR`, else the system's folder for an application's data. */
export function dataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const { SKEIN_DATA_DIR, APPDATA, XDG_DATA_HOME } = environment
  if (SKEIN_DATA_DIR !== undefined && SKEIN_DATA_DIR !== '') return resolve(SKEIN_DATA_DIR)
  const home = homedir()
  if (process.platform === 'win32') return join(APPDATA || join(home, 'AppData', 'Roaming'), 'Skein')
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'Skein')
  return join(XDG_DATA_HOME || join(home, '.local', 'share'), 'skein')
}

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Shell } from 'electron'
import type { HostLocation, UpdateState } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'
import { logPath, type Program } from '../host/about.ts'
import { displayPath } from '../platform/system-path.ts'
import { statUserPath } from '../platform/user-disk.ts'
import { UserError } from '../platform/user-error.ts'
import { dataFolder } from '../storage/data-folder.ts'

export const logName = 'skein.log'

export interface DesktopProgramOptions {
  /** Opens files and folders with the system's own programs. */
  readonly shell: Pick<Shell, 'openPath' | 'showItemInFolder'>
  readonly updates: () => UpdateState
  /** The text of the licences. */
  readonly licences?: string
}

/** Packages have it beside the program, on macOS among the resources. */
function licencesPath(): string {
  const folder = process.platform === 'darwin' ? process.resourcesPath : dirname(process.execPath)
  return join(folder, 'THIRD-PARTY-LICENSES.txt')
}

/** The host as an application of the desktop. */
export function desktopProgram({
  shell,
  updates,
  licences = licencesPath(),
}: DesktopProgramOptions): Program {
  const paths: Readonly<Record<HostLocation, string>> = {
    data: dataFolder(),
    log: logPath(logName),
    licences,
  }
  return {
    logName,
    locations: existsSync(licences) ? ['data', 'log', 'licences'] : ['data', 'log'],
    updates,
    async show(location) {
      const path = paths[location]
      if (!existsSync(path)) throw new UserError(m.host_location_missing({ path: isolate(path) }))
      const failure = await shell.openPath(path)
      if (failure !== '') throw new UserError(m.host_location_not_opened({ path: isolate(path) }))
    },
    async showFile(path) {
      try {
        await statUserPath(path)
      } catch (error) {
        if (error instanceof UserError) throw error
        throw new UserError(m.host_file_gone({ path: isolate(displayPath(path)) }))
      }
      shell.showItemInFolder(path)
    },
  }
}

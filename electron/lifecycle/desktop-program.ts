import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { shell } from 'electron'
import type { HostLocation, UpdateState } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { logPath, type Program } from '../host/about.ts'
import { UserError } from '../platform/user-error.ts'
import { dataFolder } from '../storage/data-folder.ts'

export const logName = 'skein.log'

/** Packages carry it beside the program, on macOS among the resources. */
const licencesFolder = process.platform === 'darwin' ? process.resourcesPath : dirname(process.execPath)
const licences = join(licencesFolder, 'THIRD-PARTY-LICENSES.txt')

const paths: Readonly<Record<HostLocation, string>> = {
  data: dataFolder(),
  log: logPath(logName),
  licences,
}

/** The host as an application of the desktop. */
export function desktopProgram(updates: () => UpdateState): Program {
  return {
    logName,
    locations: existsSync(licences) ? ['data', 'log', 'licences'] : ['data', 'log'],
    updates,
    async show(location) {
      const path = paths[location]
      if (!existsSync(path)) throw new UserError(m.host_location_missing({ path }))
      const failure = await shell.openPath(path)
      if (failure !== '') throw new UserError(m.host_location_not_opened({ path }))
    },
  }
}

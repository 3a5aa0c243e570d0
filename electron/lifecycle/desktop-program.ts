import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { shell } from 'electron'
import type { HostLocation, UpdateState } from '../../shared/host-api.ts'
import { logPath, type Program } from '../host/about.ts'
import { UserError } from '../library/library.ts'
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

/** What Skein can tell and show as an application of the desktop. */
export function desktopProgram(updates: () => UpdateState): Program {
  return {
    logName,
    places: existsSync(licences) ? ['data', 'log', 'licences'] : ['data', 'log'],
    updates,
    async show(place) {
      const path = paths[place]
      if (!existsSync(path)) throw new UserError(`There is no ${path}: nothing could be written there.`)
      const failure = await shell.openPath(path)
      if (failure !== '') throw new UserError(`${path} could not be opened: open it in your file manager.`)
    },
  }
}

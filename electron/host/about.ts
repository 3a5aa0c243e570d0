import { homedir, release } from 'node:os'
import { join } from 'node:path'
import type { About, HostLocation, UpdateState } from '../../shared/host-api.ts'
import { UserError } from '../library/library.ts'
import { commit, version } from '../platform/build-info.ts'
import { dataFolder, logFolder } from '../storage/data-folder.ts'
import { redactPaths } from '../storage/redact-paths.ts'

/** What one of the hosts alone knows and can do. */
export interface Program {
  /** The name of its log file. */
  readonly logName: string
  readonly places: readonly HostLocation[]
  show(place: HostLocation): Promise<void>
  updates(): UpdateState
}

/** The web host. */
export const webProgram: Program = {
  logName: 'web-host.log',
  places: [],
  show: async () => {
    throw new UserError('A browser cannot open this: open it in your file manager.')
  },
  updates: () => ({ kind: 'source' }),
}

export const logPath = (name: string): string => join(logFolder(), name)

export function aboutSkein(program: Program): About {
  const short = (path: string) => redactPaths(path, homedir(), [])
  return {
    version,
    commit,
    platform: platformVersions(),
    data: short(dataFolder()),
    log: short(logPath(program.logName)),
    locations: program.places,
    updates: program.updates(),
  }
}

/** What it runs on. Node's types know nothing of Electron's versions. */
export function platformVersions(): About['platform'] {
  const { electron, chrome, node }: Partial<Record<string, string>> = process.versions
  const parts = [
    { name: 'Electron', version: electron },
    { name: 'Chromium', version: chrome },
    { name: 'Node.js', version: node },
    { name: systemName(), version: `${release()} (${process.arch})` },
  ]
  return parts.flatMap(({ name, version }) => (version === undefined ? [] : [{ name, version }]))
}

function systemName(): string {
  const names: Partial<Record<NodeJS.Platform, string>> = {
    linux: 'Linux',
    darwin: 'macOS',
    win32: 'Windows',
  }
  return names[process.platform] ?? process.platform
}

/** The first line of a log: what began. */
export function startLine(): string {
  const parts = platformVersions().map(({ name, version }) => `${name} ${version}`)
  return `Skein ${version} (${commit}) on ${parts.join(', ')}`
}

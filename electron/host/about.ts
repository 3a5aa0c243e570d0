import { homedir, release } from 'node:os'
import { join } from 'node:path'
import type { About, HostLocation, UpdateState } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { commit, version } from '../platform/build-info.ts'
import { UserError } from '../platform/user-error.ts'
import { dataFolder, logFolder } from '../storage/data-folder.ts'
import { redactPaths } from '../storage/redact-paths.ts'

/** What differs between the two hosts as programs. */
export interface Program {
  /** The name of its log file. */
  readonly logName: string
  readonly locations: readonly HostLocation[]
  show(location: HostLocation): Promise<void>
  /** Shows a file in the system's file manager. */
  showFile(path: string): Promise<void>
  updates(): UpdateState
}

/** The web host. */
export const webProgram: Program = {
  logName: 'web-host.log',
  locations: [],
  show: rejectInBrowser,
  showFile: rejectInBrowser,
  updates: () => ({ kind: 'source' }),
}

async function rejectInBrowser(): Promise<never> {
  throw new UserError(m.host_browser_cannot_open())
}

export const logPath = (name: string): string => join(logFolder(), name)

export function describeProgram(program: Program): About {
  const short = (path: string) => redactPaths(path, homedir(), [])
  return {
    version,
    commit,
    platform: platformVersions(),
    data: short(dataFolder()),
    log: short(logPath(program.logName)),
    locations: program.locations,
    updates: program.updates(),
  }
}

/** What Skein runs on. Node's types lack Electron's versions. */
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

/** The first line of a log: which Skein starts. */
export function startLine(): string {
  const parts = platformVersions().map(({ name, version }) => `${name} ${version}`)
  return `Skein ${version} (${commit}) on ${parts.join(', ')}`
}

import type { About, UpdateState } from '../../shared/host-api.ts'

/** Returns the state of updates as one sentence; undefined if there is nothing to report. */
export function updateStatusText(updates: UpdateState): string | undefined {
  switch (updates.kind) {
    case 'source':
      return undefined
    case 'system':
      return 'Updates come with your system’s packages.'
    case 'off':
      return 'Newer versions are not looked for.'
    case 'current':
      return 'Looked for once a day, and installed when Skein is closed.'
    case 'loading':
      return `Skein ${updates.version} is being downloaded.`
    case 'ready':
      return `Skein ${updates.version} is ready and comes with the next start.`
  }
}

/** Returns version and commit on one line. */
export const versionText = ({ version, commit }: About): string =>
  commit === 'unknown' ? version : `${version} (${commit})`

/** Returns the lines that a bug report needs. `browser` is undefined in Skein's own window. */
export function bugReportText(about: About, browser: string | undefined): string {
  return [
    `Skein ${versionText(about)}`,
    ...about.platform.map(({ name, version }) => `${name} ${version}`),
    ...(browser === undefined ? [] : [`Browser ${browser}`]),
    `Data ${about.data}`,
    `Log ${about.log}`,
  ].join('\n')
}

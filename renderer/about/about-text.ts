import type { About, UpdateState } from '../../shared/host-api.ts'

/** How newer versions come, as one sentence; undefined where there is nothing to say. */
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

/** Version and commit, in one line. */
export const versionText = ({ version, commit }: About): string =>
  commit === 'unknown' ? version : `${version} (${commit})`

/** Everything a bug report should say, as text. `browser` where the page is in one. */
export function bugReportText(about: About, browser: string | undefined): string {
  return [
    `Skein ${versionText(about)}`,
    ...about.platform.map(({ name, version }) => `${name} ${version}`),
    ...(browser === undefined ? [] : [`Browser ${browser}`]),
    `Data ${about.data}`,
    `Log ${about.log}`,
  ].join('\n')
}

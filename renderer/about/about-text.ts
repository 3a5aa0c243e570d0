import type { About, UpdateState } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'

/** Returns the state of updates as one sentence; undefined if there is nothing to report. */
export function updateStatusText(updates: UpdateState): string | undefined {
  switch (updates.kind) {
    case 'source':
      return undefined
    case 'system':
      return m.about_updates_system()
    case 'off':
      return m.about_updates_off()
    case 'current':
      return m.about_updates_current()
    case 'loading':
      return m.about_updates_loading({ version: isolate(updates.version) })
    case 'ready':
      return m.about_updates_ready({ version: isolate(updates.version) })
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
    ...(browser === undefined ? [] : [m.about_report_browser({ browser })]),
    m.about_report_data({ path: isolate(about.data) }),
    m.about_report_log({ path: isolate(about.log) }),
  ].join('\n')
}

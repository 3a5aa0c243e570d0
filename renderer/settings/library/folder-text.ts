import { m } from '../../../shared/i18n/messages.js'
import type { LibraryFolder } from '../../../shared/library/library-folder.ts'
import { formatNumber, formatTime } from '../../ui/utils/format.ts'

/** Returns how many tracks a folder has, whether it is watched, and when it was checked. */
export function folderSummary({ trackCount, watch, checkedAt, state }: LibraryFolder): string {
  const parts = [m.library_track_count({ count: trackCount, number: formatNumber(trackCount) })]
  if (state === 'present' && watch === 'watched') parts.push(m.settings_folder_watched())
  if (checkedAt !== undefined) parts.push(m.settings_folder_checked({ time: formatTime(checkedAt) }))
  return parts.join(' · ')
}

/** Returns sentences about what is wrong with a folder. */
export function folderProblems(folder: LibraryFolder): string[] {
  const { state, unavailableCount } = folder
  if (state === 'missing') return [m.settings_folder_missing()]
  if (state === 'unreadable') return [m.settings_folder_unreadable()]
  const problems = []
  if (unavailableCount > 0)
    problems.push(
      m.settings_folder_unavailable({ count: unavailableCount, number: formatNumber(unavailableCount) }),
    )
  const unwatched = unwatchedText(folder)
  if (unwatched !== undefined) problems.push(unwatched)
  return problems
}

/** Returns the last name of a path. */
export const folderName = (path: string): string =>
  path.split(/[\\/]/).findLast((name) => name !== '') ?? path

function unwatchedText({ watch }: LibraryFolder): string | undefined {
  switch (watch) {
    case undefined:
    case 'starting':
    case 'watched':
      return undefined
    case 'limit':
      return m.settings_folder_unwatched_limit()
    case 'network':
      return m.settings_folder_unwatched_network()
    case 'silent':
      return m.settings_folder_unwatched_silent()
    case 'crashes':
      return m.settings_folder_unwatched_crashes()
    case 'path':
    case 'error':
      return m.settings_folder_unwatched_failed()
  }
}

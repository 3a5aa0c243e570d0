import { m } from '../../../shared/i18n/messages.js'
import { isolate } from '../../../shared/isolate-text.ts'
import type { WatchFailure } from '../../../shared/library/library-folder.ts'
import { displayPath } from '../../platform/system-path.ts'

/** Returns why a folder is not watched, and what Skein does instead, for the user. */
export function describeWatchFailure(path: string, reason: WatchFailure): string {
  const folder = isolate(displayPath(path))
  switch (reason) {
    case 'limit':
      return m.host_watch_limit({ folder })
    case 'network':
      return m.host_watch_network({ folder })
    case 'silent':
      return m.host_watch_silent({ folder })
    case 'crashes':
      return m.host_watch_crashes({ folder })
    case 'path':
    case 'error':
      return m.host_watch_failed({ folder })
  }
}

import type { Database } from '../sqlite/sqlite.ts'
import { identityRequests } from './identity-requests.ts'
import { scanRequests } from './scan-requests.ts'
import { entryRequests } from './stored-entries.ts'
import { folderRequests } from './stored-folders.ts'
import { playlistRequests } from './stored-playlists.ts'
import { trackRequests } from './stored-tracks.ts'
import { analysisRequests } from './track-analyses.ts'
import { trackHistoryRequests } from './track-history.ts'

/** What can be requested of the thread `database`: each member is the function that it runs. */
export const databaseRequests = {
  ...analysisRequests,
  ...entryRequests,
  ...folderRequests,
  ...identityRequests,
  ...playlistRequests,
  ...scanRequests,
  ...trackHistoryRequests,
  ...trackRequests,
}

export type DatabaseRequests = typeof databaseRequests
export type RequestName = keyof DatabaseRequests
/** The argument of a request; an empty tuple if it has none. */
export type RequestArguments<Name extends RequestName> = DatabaseRequests[Name] extends (
  database: Database,
  ...args: infer Args
) => unknown
  ? Args
  : never
export type RequestResult<Name extends RequestName> = ReturnType<DatabaseRequests[Name]>

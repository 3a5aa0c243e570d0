import type { Track } from '../../../shared/library/track.ts'
import type { DatabaseClient } from '../database/database-client.ts'
import { type OpenFolder, shownPath } from './open-folder.ts'
import { parseRecords, trackFromRecord } from './track-records.ts'

const tracksPerRequest = 1000
const tracksPerPart = 200

/** Reads the tracks of the open folders from the database, in small parts. */
export async function* readLibrary(
  database: DatabaseClient,
  folders: readonly OpenFolder[],
): AsyncGenerator<readonly Track[]> {
  const folderOf = new Map(folders.map((folder) => [folder.id, folder]))
  for (let after: number | undefined = 0; after !== undefined; ) {
    const chunk: { readonly text: string; readonly last: number | undefined } = await database.request(
      'readTracks',
      { after, limit: tracksPerRequest },
    )
    const records = parseRecords(chunk.text)
    for (let start = 0; start < records.length; start += tracksPerPart)
      yield records.slice(start, start + tracksPerPart).flatMap((record) => {
        const folder = folderOf.get(record.folderId ?? 0)
        return folder === undefined ? [] : [trackFromRecord(record, shownPath(folder, record.path))]
      })
    after = chunk.last
  }
}

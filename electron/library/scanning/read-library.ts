import type { StoredTracks } from '../../../shared/library/stored-track.ts'
import type { DatabaseClient } from '../database/database-client.ts'
import type { OpenFolder } from './open-folder.ts'

/** The first chunk is small, so that the window shows its first tracks early. */
const firstChunk = 200
const chunk = 1000

/** Reads the tracks of the open folders from the database, in chunks. */
export async function* readLibrary(
  database: DatabaseClient,
  folders: readonly OpenFolder[],
): AsyncGenerator<StoredTracks> {
  const labels = Object.fromEntries(
    folders.flatMap(({ id, label }) => (label === undefined ? [] : [[id, label]])),
  )
  let after: number | undefined = 0
  for (let limit = firstChunk; after !== undefined; limit = chunk) {
    const read: { readonly text: string; readonly last: number | undefined } = await database.request(
      'readTracks',
      { after, limit },
    )
    if (read.text !== '[]') yield { text: read.text, labels }
    after = read.last
  }
}

import type { DatabaseClient } from '../database/database-client.ts'
import type { FileVersionChunk, FileVersionEntry } from '../database/requests/scan-requests.ts'
import type { FolderIndex } from './folder-index.ts'

const filesPerChunk = 5000

/** Fills the index of a folder with what the database knows of its files and directories. */
export async function loadIndex(
  database: DatabaseClient,
  folderId: number,
  index: FolderIndex,
): Promise<void> {
  for (const { path, modifiedNs, picture } of await database.request('listDirectories', folderId))
    index.setDirectory(path, modifiedNs, picture ?? null)
  for (const { path, size, modifiedNs, reason } of await database.request('listProblems', folderId))
    index.setFile(path, { id: undefined, size, modifiedNs, unavailable: undefined, reason })
  for (let after: number | undefined = 0; after !== undefined; ) {
    const chunk: FileVersionChunk = await database.request('readFileVersions', {
      folderId,
      after,
      limit: filesPerChunk,
    })
    for (const [id, path, size, modifiedNs, unavailable] of JSON.parse(chunk.text) as FileVersionEntry[]) {
      const known = index.getFile(path)
      // Of several tracks with one path, the available one counts.
      if (unavailable !== null && known?.id !== undefined) continue
      index.setFile(path, { id, size, modifiedNs, unavailable: unavailable ?? undefined })
    }
    after = chunk.last
  }
}

import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { DatabaseClient } from '../../../../electron/library/database/database-client.ts'
import type { TrackTags } from '../../../../shared/library/track.ts'
import { createTrack } from '../../../shared-library/create-track.ts'
import { scratchFolder } from '../../scratch.ts'

/** Opens the library's database with its thread. It is closed when the test ends. */
export function openDatabase(path = join(scratchFolder(), 'library.db')) {
  const client = new DatabaseClient({ path, onFailure: () => {} })
  onTestFinished(async () => void (await client.close()))
  return { client, path }
}

/** Stores tracks by their paths in a folder, which is opened. Returns their ids. */
export async function storeTracks(
  client: DatabaseClient,
  folder: string | undefined,
  tracks: Readonly<Record<string, Partial<TrackTags>>>,
): Promise<number[]> {
  const folderId =
    folder === undefined ? undefined : await client.request('addFolder', { path: folder, isDemo: false })
  if (folderId !== undefined) await client.request('setOpenFolders', [folderId])
  const saved = await client.request('saveTracks', {
    now: 1,
    tracks: Object.entries(tracks).map(([path, tags]) => ({
      id: undefined,
      folderId,
      path,
      size: 1,
      modifiedNs: '1',
      fileId: undefined,
      audioHash: undefined,
      tags: JSON.stringify({ ...createTrack(1, { title: path }), ...tags }),
      cover: undefined,
    })),
  })
  return saved.map(({ id }) => id)
}

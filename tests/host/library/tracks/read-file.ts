import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeTrackReader, type TrackReadResult } from '../../../../electron/library/tracks/read-track.ts'
import { scratchFolder } from '../../scratch.ts'

const read = makeTrackReader()

/** Reads `content` as the scan does. */
export async function readContent(content: Uint8Array, name = 'song'): Promise<TrackReadResult> {
  const file = join(scratchFolder(), name)
  writeFileSync(file, content)
  return await read(file, undefined)
}

/** Returns the tags that are read from `content`; throws with the reason if it is refused. */
export async function readTagsOf(content: Uint8Array) {
  const result = await readContent(content)
  if ('reason' in result) throw new Error(result.reason)
  return { ...result.tags, hasCover: result.cover !== undefined }
}

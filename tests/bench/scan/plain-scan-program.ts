/**
 * Reads every file of the folder in its argument with music-metadata, one after the other, and prints the milliseconds
 * since this process started. Reads the same fields as the library with the same options: if the header does not contain
 * the duration, a second pass counts it.
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseFile, selectCover } from 'music-metadata'

const [folder = ''] = process.argv.slice(2)
const tracks = []
for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || entry.name.endsWith('.png')) continue
  const file = join(entry.parentPath, entry.name)
  const { common, format } = await parseFile(file, { duration: false })
  tracks.push({
    title: common.title,
    artist: common.artist,
    albumArtist: common.albumartist,
    album: common.album,
    disc: common.disk.no,
    number: common.track.no,
    year: common.year,
    genre: common.genre?.join(', '),
    duration: format.duration ?? (await countDuration(file)),
    hasCover: selectCover(common.picture) !== null,
  })
}
console.log(
  JSON.stringify({
    milliseconds: performance.now(),
    tracks: tracks.length,
    covers: tracks.filter(({ hasCover }) => hasCover).length,
    durations: tracks.filter(({ duration }) => duration !== undefined).length,
  }),
)

async function countDuration(file: string): Promise<number | undefined> {
  const { format } = await parseFile(file, { duration: true, skipCovers: true })
  return format.duration
}

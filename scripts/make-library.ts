/**
 * `node scripts/make-library.ts [TRACKS] [FOLDER]`: makes the generated library of the benchmarks, by default with
 * 100,000 tracks in the user's cache folder, and prints its folder.
 */
import { resolve } from 'node:path'
import { ensureLargeLibrary, makeLargeLibrary } from '../tests/fixtures/large-library/make-large-library.ts'

const [trackText = '100000', folder] = process.argv.slice(2)
const tracks = Number(trackText)
if (!Number.isInteger(tracks) || tracks < 1) {
  console.error('Usage: node scripts/make-library.ts [TRACKS] [FOLDER]')
  process.exit(2)
}
const report = (songs: number): void => {
  if (songs % 12_000 === 0) console.error(`${songs} of ${tracks}`)
}
if (folder === undefined) console.log(ensureLargeLibrary(tracks, report))
else {
  makeLargeLibrary(resolve(folder), tracks, report)
  console.log(resolve(folder))
}

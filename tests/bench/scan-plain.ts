import { readdir } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { parseFile, selectCover } from 'music-metadata'
const [folder = ''] = process.argv.slice(2)
const entries = await readdir(folder, { recursive: true, withFileTypes: true })
let tracks = 0, covers = 0
const keys = new Set<string>()
const out = []
for (const e of entries) {
  if (!e.isFile()) continue
  const file = join(e.parentPath, e.name)
  const { common, format } = await parseFile(file, { duration: process.argv[3] === 'd' })
  const cover = selectCover(common.picture)
  if (cover) { covers++; if (process.argv[4]) keys.add(createHash('sha1').update(cover.data).digest('base64')) }
  tracks++
  out.push({title: common.title, artist: common.artist, albumArtist: common.albumartist, album: common.album, disc: common.disk.no, number: common.track.no, year: common.year, genre: common.genre, duration: format.duration})
}
console.log(JSON.stringify({ milliseconds: performance.now(), tracks, problems:0, covers, withDuration: out.filter(o=>o.duration).length }))

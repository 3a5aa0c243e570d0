/** Saves batches of tracks like a scan, and prints the number of each batch that is stored: `write-until-killed FILE`. */
import { writeSync } from 'node:fs'
import { openFile } from '../../../../electron/library/database/file/connection.ts'
import { folderRequests } from '../../../../electron/library/database/requests/stored-folders.ts'
import { trackRequests } from '../../../../electron/library/database/requests/stored-tracks.ts'
import { countRows, sampleTrack } from './sample-library.ts'

const batchSize = 20

const [path = ''] = process.argv.slice(2)
const database = openFile(path)
const folderId = folderRequests.addFolder(database, { path: '/music', isDemo: false })
for (let batch = countRows(database, 'track') / batchSize; ; batch++) {
  const tracks = Array.from({ length: batchSize }, (_, index) =>
    sampleTrack(folderId, batch * batchSize + index),
  )
  trackRequests.saveTracks(database, { tracks, now: 5 })
  writeSync(1, `${batch}\n`)
}

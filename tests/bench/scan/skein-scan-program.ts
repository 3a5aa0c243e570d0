/** Scans the folder in its argument like the host, and prints the milliseconds since this process started. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HostEvents } from '../../../electron/host/host-events.ts'
import { DatabaseClient } from '../../../electron/library/database/database-client.ts'
import { Library } from '../../../electron/library/library.ts'
import { ScanWorkerPool } from '../../../electron/library/scan-worker-pool.ts'

const [folder = ''] = process.argv.slice(2)
const pool = new ScanWorkerPool()
const hostEvents = new HostEvents()
const data = mkdtempSync(join(tmpdir(), 'skein-scan-'))
const database = new DatabaseClient({ path: join(data, 'library.db'), onFailure: console.error })
const library = new Library({ workerPool: pool, database, publisher: hostEvents, demoFolder: folder })
let tracks = 0
let covers = 0
let durations = 0
const finished = new Promise<void>((resolve) => {
  hostEvents.subscribe((event) => {
    if (event.kind === 'tracks') {
      tracks += event.tracks.length
      covers += event.tracks.filter(({ cover }) => cover !== undefined).length
      durations += event.tracks.filter(({ duration }) => duration !== undefined).length
    } else if (event.kind === 'scan' && event.progress.walked && !event.progress.running) resolve()
  })
})
await library.open(folder)
await finished
console.log(JSON.stringify({ milliseconds: performance.now(), tracks, covers, durations }))
await database.close()
await pool.close()
rmSync(data, { recursive: true })

/**
 * Damages copies of a library in random ways, opens and reads each like the thread does, and prints what went wrong:
 * `open-damaged-files GOOD SCRATCH FIRST COUNT`. In a process of its own, because a defect of the binding ends it.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reply } from '../../../../electron/library/database/database-messages.ts'
import { isIntact, openChecked } from '../../../../electron/library/database/file/connection.ts'
import { LibraryDatabase } from '../../../../electron/library/database/library-database.ts'
import { seededRandom } from '../../../../scripts/seeded-random.ts'

const [good = '', scratch = '', first = '0', count = '0'] = process.argv.slice(2)
const original = readFileSync(good)
const pageSize = 4096

for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
  // What was printed last is the seed at which the process ended.
  process.stdout.write(`seed ${seed}\n`)
  const path = join(scratch, `${seed}`, 'library.db')
  await openDamaged(seed, path)
  rmSync(join(scratch, `${seed}`), { recursive: true, force: true })
}

async function openDamaged(seed: number, path: string): Promise<void> {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, damage(seed))
  const replies: Reply[] = []
  const library = new LibraryDatabase(path, (reply) => replies.push(reply))
  const request = (number: number, name: 'readTracks' | 'listFiles' | 'listFolders', ...args: unknown[]) =>
    library.execute({ kind: 'request', number, name, args })
  const results = [
    await request(1, 'readTracks', { after: 0, limit: 100_000 }),
    await request(2, 'listFiles', 1),
    await request(3, 'listFolders'),
  ]
  await library.maintain()
  await library.maintain()
  library.close()
  for (const result of results) if (result.kind === 'error') console.log(`failed: ${result.message}`)
  const opened = replies.findLast((reply) => reply.kind === 'opened')
  if (opened?.state.kind === 'memory' && opened.state.reason !== 'newer')
    console.log(`not opened: ${opened.state.reason}`)
  if (opened?.state.kind === 'file') {
    const database = openChecked(path)
    if (!isIntact(database)) console.log('not intact')
    database.close()
  }
}

/** Changes single bytes, a whole page, the beginnings of pages or the file's header, or cuts the file. */
function damage(seed: number): Buffer {
  const random = seededRandom(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const bytes = Buffer.from(original)
  const page = () => below(bytes.length / pageSize) * pageSize
  const times = (repetitions: number, work: () => void) => {
    for (let done = 0; done < repetitions; done++) work()
  }
  switch (seed % 5) {
    case 0:
      times(1 + below(400), () => bytes.writeUInt8(below(256), 100 + below(bytes.length - 100)))
      break
    case 1: {
      const start = page()
      bytes.fill(below(256), Math.max(100, start), start + pageSize)
      break
    }
    case 2:
      times(20, () => bytes.writeUInt8(below(256), Math.max(100, page() + below(60))))
      break
    case 3:
      times(3, () => bytes.writeUInt8(below(256), below(100)))
      break
    default:
      return bytes.subarray(0, below(bytes.length))
  }
  return bytes
}

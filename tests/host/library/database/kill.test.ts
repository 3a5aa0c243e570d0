import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { isIntact, openFile } from '../../../../electron/library/database/file/connection.ts'
import { seededRandom } from '../../../../scripts/seeded-random.ts'
import { scratchFolder } from '../../scratch.ts'
import { countRows } from './sample-library.ts'

const program = fileURLToPath(new URL('./write-until-killed.ts', import.meta.url))
const batchSize = 20

/** Runs the writer until it has stored this many more batches, kills it, and returns the last batch that it reported. */
async function writeAndKill(path: string, batches: number): Promise<number> {
  const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  let last = -1
  let seen = 0
  for await (const line of createInterface(child.stdout)) {
    last = Number(line)
    if (++seen === batches) child.kill('SIGKILL')
  }
  await exit
  return last
}

test('a process that is killed at any moment leaves an intact file with every batch that it stored, whole', async () => {
  const path = join(scratchFolder(), 'library.db')
  const random = seededRandom(12)
  for (let run = 0; run < 20; run++) {
    const last = await writeAndKill(path, 1 + Math.floor(random() * 40))
    const database = openFile(path)
    try {
      expect(isIntact(database)).toBe(true)
      const tracks = countRows(database, 'track')
      expect(tracks % batchSize).toBe(0)
      expect(tracks).toBeGreaterThanOrEqual((last + 1) * batchSize)
    } finally {
      database.close()
    }
  }
}, 120_000)

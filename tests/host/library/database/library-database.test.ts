import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Reply } from '../../../../electron/library/database/database-messages.ts'
import { listBackups } from '../../../../electron/library/database/file/backups.ts'
import { openFile } from '../../../../electron/library/database/file/connection.ts'
import { LibraryDatabase } from '../../../../electron/library/database/library-database.ts'
import { scratchFolder } from '../../scratch.ts'
import { fillLibrary } from './sample-library.ts'

function makeFile(count: number): string {
  const path = join(scratchFolder(), 'library.db')
  const database = openFile(path)
  fillLibrary(database, count)
  database.execute('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
  return path
}

function open(path: string): { library: LibraryDatabase; replies: Reply[] } {
  const replies: Reply[] = []
  const library = new LibraryDatabase(path, (reply) => replies.push(reply))
  onTestFinished(() => library.close())
  return { library, replies }
}

/** Writes over the third of the file's pages that are in its middle: those of the tracks. */
function damageTracks(path: string): void {
  const bytes = readFileSync(path)
  const third = Math.floor(bytes.length / 4096 / 3)
  bytes.fill(0xa5, third * 4096, 2 * third * 4096)
  writeFileSync(path, bytes)
}

const chunk = { kind: 'request', number: 1, name: 'readTracks', args: [{ after: 0, limit: 10_000 }] } as const

test('damage that a request finds is repaired, and the request is executed', async () => {
  const path = makeFile(600)
  damageTracks(path)
  const { library, replies } = open(path)
  expect(replies).toMatchObject([{ kind: 'opened', state: { kind: 'file' }, repair: undefined }])
  expect(await library.execute(chunk)).toMatchObject({ kind: 'result', number: 1 })
  expect(replies).toMatchObject([
    {},
    { kind: 'opened', state: { kind: 'file' }, repair: { backup: undefined } },
  ])
})

test('the check after the start finds damage, and repairs it once', async () => {
  const path = makeFile(600)
  damageTracks(path)
  const { library, replies } = open(path)
  expect(library.maintenanceDelay).toBeLessThan(10_000)
  await library.maintain()
  expect(replies).toHaveLength(2)
  await library.maintain()
  expect(replies).toHaveLength(2)
})

test('a backup is made when the check has found nothing, and then nothing for long', async () => {
  const path = makeFile(20)
  const { library } = open(path)
  await library.maintain()
  expect(listBackups(join(path, '..'))).toEqual([])
  await library.maintain()
  const today = new Date().toISOString().slice(0, 10)
  expect(listBackups(join(path, '..')).map(({ day }) => day)).toEqual([today])
  expect(library.maintenanceDelay).toBeGreaterThan(1_000_000)
})

test('a backup that fails is logged, and not tried again on the same day', async () => {
  const path = makeFile(20)
  writeFileSync(join(path, '..', 'backups'), 'A file in its place.')
  const { library, replies } = open(path)
  await library.maintain()
  await library.maintain()
  expect(replies.at(-1)).toEqual({
    kind: 'log',
    text: expect.stringContaining('the backup failed: Error: EEXIST'),
  })
  expect(library.maintenanceDelay).toBeGreaterThan(1_000_000)
})

test('nothing is checked or saved of a database in memory', () => {
  const path = join(scratchFolder(), 'library.db')
  writeFileSync(join(path, '..', 'file'), '')
  const { library, replies } = open(join(path, '..', 'file', 'library.db'))
  expect(replies).toMatchObject([{ state: { kind: 'memory', reason: 'fileInPlace' } }])
  expect(library.maintenanceDelay).toBeUndefined()
})

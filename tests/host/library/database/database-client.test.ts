import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { closePool, enumerate, killThread, type Thread, workersEnded } from '@skein/threading'
import { startProcess } from '@skein/threading/node'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { DatabaseClient } from '../../../../electron/library/database/database-client.ts'
import { makeBackup } from '../../../../electron/library/database/file/backups.ts'
import { openFile } from '../../../../electron/library/database/file/connection.ts'
import { scanWorkerUrl } from '../../../../electron/platform/paths.ts'
import { scratchFolder, until } from '../../scratch.ts'
import { sampleTrack } from './sample-library.ts'

beforeEach(() => startProcess({ name: 'host', workers: 0, entry: scanWorkerUrl }))
afterEach(async () => {
  closePool()
  await workersEnded()
})

function openClient(path = join(scratchFolder(), 'library.db'), ready?: Promise<void>) {
  const failures: string[] = []
  const client = new DatabaseClient({
    path,
    ...(ready && { ready }),
    onFailure: (message) => failures.push(message),
  })
  onTestFinished(async () => void (await client.close()))
  return { client, failures, path }
}

const databaseThread = () => enumerate().find(({ name }) => name === 'database')

test('what is stored is there at the next start', async () => {
  const { client, path } = openClient()
  expect(await client.opened).toEqual({ kind: 'file' })
  const id = await client.request('addFolder', { path: '/music/caf\udce9', isDemo: false })
  await client.request('setOpenFolders', [id])
  expect(await client.close()).toBe(true)
  const { client: second } = openClient(path)
  expect(await second.request('listFolders')).toMatchObject([
    { id, path: '/music/caf\udce9', isOpen: true, isDemo: false, excluded: [] },
  ])
})

test('requests wait until the thread is started, and are executed in their sequence', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { client } = openClient(undefined, promise)
  const ids = Array.from({ length: 50 }, (_, index) =>
    client.request('addFolder', { path: `/music/${index}`, isDemo: false }),
  )
  expect(databaseThread()).toBeUndefined()
  resolve()
  expect(await Promise.all(ids)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
})

test('an error in a request is reported to its caller, and the thread goes on', async () => {
  const { client } = openClient()
  const wrong = { path: 7 as unknown as string, isDemo: 'x' as unknown as boolean }
  await expect(client.request('addFolder', wrong)).rejects.toThrow('addFolder: NaN cannot be stored')
  expect(await client.request('listFolders')).toEqual([])
})

test('a thread that dies is replaced, and only the request that it executed fails', async () => {
  const { client, failures } = openClient()
  await client.opened
  const thread = databaseThread()
  const requests = Array.from({ length: 300 }, (_, index) =>
    client.request('addFolder', { path: `/music/${index}`, isDemo: false }).then(
      () => 'stored',
      (error: Error) => error.name,
    ),
  )
  await requests[5]
  killThread(thread?.ident ?? 0)
  const ends = await Promise.all(requests)
  expect(ends.filter((end) => end !== 'stored').length).toBeLessThanOrEqual(1)
  const stored = await client.request('listFolders')
  expect(stored.length).toBeGreaterThanOrEqual(ends.filter((end) => end === 'stored').length)
  await until(() => expect(databaseThread()?.isAlive()).toBe(true))
  expect(databaseThread()?.ident).not.toBe(thread?.ident)
  expect(failures).toEqual([])
})

test('close finishes what was requested before, and refuses what comes later', async () => {
  const { client, path } = openClient()
  const requests = Array.from({ length: 100 }, (_, index) =>
    client.request('addFolder', { path: `/music/${index}`, isDemo: false }),
  )
  expect(await client.close(20_000)).toBe(true)
  expect(await Promise.all(requests)).toHaveLength(100)
  await expect(client.request('listFolders')).rejects.toThrow('The library’s database is closed.')
  const { client: second } = openClient(path)
  expect(await second.request('listFolders')).toHaveLength(100)
})

test('a thread that dies again and again is not started again, and one sentence says so', async () => {
  const { client, failures } = openClient()
  await client.opened
  for (let deaths = 1; deaths <= 6; deaths++) {
    const thread = await aliveThread()
    killThread(thread.ident ?? 0)
    await until(() => expect(thread.isAlive()).toBe(false))
  }
  await until(() => expect(failures).toHaveLength(1))
  expect(failures[0]).toContain('nothing new is kept in it')
  await expect(client.request('listFolders')).rejects.toThrow('The library’s database is closed.')
})

async function aliveThread(): Promise<Thread> {
  let found: Thread | undefined
  await until(() => {
    found = databaseThread()
    expect(found?.isAlive()).toBe(true)
  })
  return found as Thread
}

test('a thread that is killed while it writes a large batch leaves all of it or nothing', async () => {
  const { client, path } = openClient()
  await client.opened
  const folderId = await client.request('addFolder', { path: '/music', isDemo: false })
  const tracks = Array.from({ length: 2000 }, (_, index) => sampleTrack(folderId, index))
  const end = client.request('saveTracks', { tracks, now: 5 }).then(
    () => 'stored',
    (error: Error) => error.message,
  )
  const thread = databaseThread()
  // Its journal grows while it writes.
  await until(() => expect(statSync(`${path}-wal`).size).toBeGreaterThan(0))
  killThread(thread?.ident ?? 0)
  const isStored = (await end) === 'stored'
  const files = await client.request('listFiles', folderId)
  expect([0, 2000]).toContain(files.length)
  if (isStored) expect(files).toHaveLength(2000)
  // The lock of its transaction is gone.
  expect(await client.request('saveTracks', { tracks, now: 5 })).toHaveLength(2000)
})

test('a file that belongs to a newer Skein is reported in one sentence, and stays as it is', async () => {
  const path = join(scratchFolder(), 'library.db')
  const newer = openFile(path)
  newer.execute('PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)')
  newer.close()
  const before = readFileSync(path)
  const { client, failures } = openClient(path)
  expect(await client.opened).toEqual({ kind: 'memory', reason: 'newer' })
  await client.request('addFolder', { path: '/music', isDemo: false })
  expect(failures).toEqual([
    'The library’s database belongs to a newer Skein, so it is not opened: update Skein. What you change in the library lasts until Skein is closed.',
  ])
  expect(readFileSync(path).equals(before)).toBe(true)
})

test('a damaged file is reported in one sentence that names what was restored and kept', async () => {
  const folder = scratchFolder()
  const path = join(folder, 'library.db')
  const database = openFile(path)
  makeBackup(database, folder, '2026-11-26')
  database.close()
  writeFileSync(path, 'no database')
  const { client, failures } = openClient(path)
  expect(await client.opened).toEqual({ kind: 'file' })
  const sentence =
    /^The library’s database was damaged\. Skein restored the backup of November 26, 2026 .*library\.damaged-\d{4}-\d{2}-\d{2}\.db/
  await until(() => expect(failures).toEqual([expect.stringMatching(sentence)]))
  expect(await client.request('listFolders')).toEqual([])
})

test('a write that another program prevents fails with a sentence', async () => {
  const { client, path } = openClient()
  await client.opened
  const other = openFile(path)
  onTestFinished(() => other.close())
  other.execute('BEGIN IMMEDIATE')
  await expect(client.request('addFolder', { path: '/music', isDemo: false })).rejects.toThrow(
    'The library cannot be saved, because another program uses its database. Try again.',
  )
  other.execute('ROLLBACK')
  expect(await client.request('addFolder', { path: '/music', isDemo: false })).toBe(1)
})

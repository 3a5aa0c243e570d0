import { join } from 'node:path'
import { closePool, enumerate, killThread, workersEnded } from '@skein/threading'
import { startProcess } from '@skein/threading/node'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { DatabaseClient } from '../../../../electron/library/database/database-client.ts'
import { scanWorkerUrl } from '../../../../electron/platform/paths.ts'
import { scratchFolder, until } from '../../scratch.ts'

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

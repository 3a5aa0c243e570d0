import { expect, test } from 'vitest'
import type { DatabaseClient } from '../../../electron/library/database/database-client.ts'
import { TrackHistories } from '../../../electron/library/track-histories.ts'

/** A database whose thread dies with the first `deaths` requests. */
function makeHistories(deaths: number) {
  const requests: unknown[][] = []
  const changes: unknown[] = []
  const request = async (...args: unknown[]) => {
    requests.push(args)
    if (requests.length <= deaths) throw new Error('the thread died')
    return [{ id: 7 }]
  }
  const database = { request } as unknown as DatabaseClient
  return { requests, changes, histories: new TrackHistories(database, (change) => changes.push(change)) }
}

test('a play that dies with the database’s thread is requested again with the same time', async () => {
  const { requests, changes, histories } = makeHistories(1)
  await histories.recordPlay(7)
  expect(requests).toHaveLength(2)
  expect(requests[1]).toEqual(requests[0])
  expect(changes).toEqual([[{ id: 7 }]])
})

test('a play that cannot be stored is reported to the page', async () => {
  const { requests, changes, histories } = makeHistories(9)
  await expect(histories.recordPlay(7)).rejects.toThrow('the thread died')
  expect(requests).toHaveLength(2)
  expect(changes).toEqual([])
})

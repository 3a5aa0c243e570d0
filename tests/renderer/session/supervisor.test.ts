import { closePool, killThread } from '@skein/threading'
import { startProcess } from '@skein/threading/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { superviseThreads } from '../../../renderer/session/supervisor.ts'
import { createPlayerChannels, shutDownPlayer } from '../../../renderer/workers/player-channels.ts'

beforeAll(() =>
  startProcess({
    name: 'player',
    workers: 5,
    entry: new URL('./player-worker-on-node.ts', import.meta.url),
  }),
)
afterAll(closePool)

test('a thread that dies is replaced, and the replacement does its work', async () => {
  const channels = createPlayerChannels()
  const replaced = Promise.withResolvers<number>()
  const lost: string[] = []
  superviseThreads(
    channels,
    (name, { ident }) => name === 'input' && replaced.resolve(ident),
    (name) => lost.push(name),
  )
  channels.inputs.put({ kind: 'navigate', to: 'settings' })
  expect(await channels.answers.getAsync()).toEqual({ kind: 'view', view: 'settings' })
  // The first of the three threads that the supervisor starts is `input`; the main thread has ident 1.
  const first = 2
  killThread(first)
  expect(await replaced.promise).toBe(first)
  channels.inputs.put({ kind: 'navigate', to: 'lab' })
  expect(await channels.answers.getAsync()).toEqual({ kind: 'view', view: 'lab' })
  expect(lost).toEqual([])
  shutDownPlayer(channels)
}, 20_000)

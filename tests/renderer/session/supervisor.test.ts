import { closePool, enumerate, killThread, onThreadEnd, type ThreadEnd } from '@skein/threading'
import { startProcess } from '@skein/threading/node'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type PlayerThreadName, superviseThreads } from '../../../renderer/session/supervisor.ts'
import {
  createPlayerChannels,
  type PlayerChannels,
  shutDownPlayer,
} from '../../../renderer/workers/player-channels.ts'
import type { ViewName } from '../../../shared/player/messages.ts'
import { defaultPlayerSettings } from '../../../shared/player/modes.ts'
import { until } from '../../host/scratch.ts'

beforeAll(() =>
  startProcess({
    name: 'player',
    workers: 6,
    entry: new URL('./player-worker-on-node.ts', import.meta.url),
  }),
)
afterAll(closePool)

const playerThreads = ['input', 'playback', 'selector', 'decoder'] as const

interface Death {
  readonly name: PlayerThreadName
  readonly ident: number
}

/** Returns the ident of the newest living thread of a name. */
const identOf = (name: PlayerThreadName): number =>
  Math.max(0, ...enumerate().flatMap((thread) => (thread.name === name ? [thread.ident ?? 0] : [])))

/** Starts the threads; `kill` ends the newest one of a name and resolves when that is reported. */
function supervise() {
  const channels = createPlayerChannels()
  const replaced: Death[] = []
  const lost: PlayerThreadName[] = []
  let time = 0
  superviseThreads(channels, {
    onReplaced: (name, { ident }) => replaced.push({ name, ident }),
    onLost: (name) => lost.push(name),
    clock: () => time,
  })
  onTestFinished(() => {
    shutDownPlayer(channels)
    for (const name of playerThreads) killThread(identOf(name))
  })
  const kill = async (name: PlayerThreadName): Promise<number> => {
    const ident = identOf(name)
    const reports = replaced.length + lost.length
    killThread(ident)
    await until(() => expect(replaced.length + lost.length).toBe(reports + 1))
    return ident
  }
  return { channels, replaced, lost, kill, advance: (milliseconds: number) => (time += milliseconds) }
}

/** Passes over the answers about the library. */
async function nextView({ answers }: PlayerChannels): Promise<ViewName> {
  for (;;) {
    const answer = await answers.getAsync()
    if (answer.kind === 'view') return answer.view
  }
}

test('a thread that dies is replaced, and the replacement does its work', async () => {
  const { channels, replaced, lost, kill } = supervise()
  channels.inputs.put({ kind: 'navigate', to: 'settings' })
  expect(await nextView(channels)).toBe('settings')
  const ident = await kill('input')
  expect(replaced).toEqual([{ name: 'input', ident }])
  channels.inputs.put({ kind: 'navigate', to: 'lab' })
  expect(await nextView(channels)).toBe('lab')
  expect(lost).toEqual([])
})

test('each of the threads is replaced under its own name, and so is its replacement', async () => {
  const { replaced, kill } = supervise()
  const names = ['selector', 'playback', 'decoder', 'input', 'decoder', 'playback'] as const
  for (const name of names) await kill(name)
  expect(replaced.map(({ name }) => name)).toEqual(names)
})

test('the 21st death within a minute is reported, and the thread is not replaced', async () => {
  const { replaced, lost, kill, advance } = supervise()
  for (let death = 0; death < 20; death++) {
    await kill('selector')
    advance(2_900)
  }
  expect([replaced.length, lost]).toEqual([20, []])
  await kill('selector')
  expect([replaced.length, lost]).toEqual([20, ['selector']])
}, 60_000)

test('deaths of more than a minute ago do not count', async () => {
  const { replaced, lost, kill, advance } = supervise()
  for (let death = 0; death < 25; death++) {
    await kill('selector')
    advance(3_100)
  }
  expect([replaced.length, lost]).toEqual([25, []])
}, 60_000)

test('a thread that ends in the shutdown is not replaced', async () => {
  const { channels, replaced, lost } = supervise()
  shutDownPlayer(channels)
  for (const name of playerThreads) killThread(identOf(name))
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect([replaced, lost]).toEqual([[], []])
})

test('a shutdown in the middle of their work is no error of the threads', async () => {
  for (let round = 0; round < 5; round++) {
    const { channels } = supervise()
    const idents = playerThreads.map(identOf)
    const ends: ThreadEnd[] = []
    const stopListening = onThreadEnd((end) => idents.includes(end.ident) && ends.push(end))
    for (let index = 0; index < 20; index++) {
      channels.inputs.put({ kind: 'navigate', to: index % 2 === 0 ? 'lab' : 'settings' })
      channels.commands.put({ kind: 'restore', ...defaultPlayerSettings })
    }
    // Each round meets the threads at another point of their work.
    await new Promise((resolve) => setTimeout(resolve, round * 4))
    shutDownPlayer(channels)
    await until(() =>
      expect(ends.map(({ name }) => name)).toEqual(expect.arrayContaining(['input', 'playback'])),
    )
    stopListening()
    expect(ends.flatMap(({ error }) => error ?? [])).toEqual([])
    // It may wait for a song that never comes; as a daemon it keeps no process from ending.
    for (const ident of idents) killThread(ident)
  }
}, 60_000)

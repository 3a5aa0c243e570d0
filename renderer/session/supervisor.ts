import { onThreadEnd, Thread, type ThreadEnd } from '@skein/threading'
import { input } from '../workers/input-thread.ts'
import { playback } from '../workers/playback-thread.ts'
import type { PlayerChannels } from '../workers/player-channels.ts'
import { selector } from '../workers/selector-thread.ts'

const targets = { input, playback, selector }

export type PlayerThreadName = keyof typeof targets

/** A thread that dies more often than this within a minute is left dead: starting it anew does not help. */
const maxDeathsPerMinute = 20
const minute = 60_000

/**
 * Starts the player's three threads, and starts one anew whenever it dies. `onReplaced` is called when the
 * new one has been started, `onLost` when it died too often to go on.
 */
export function superviseThreads(
  wires: PlayerChannels,
  onReplaced: (name: PlayerThreadName, end: ThreadEnd) => void,
  onLost: (name: PlayerThreadName) => void,
): void {
  const current = new Map<number, PlayerThreadName>()
  const deaths: number[] = []
  const start = (name: PlayerThreadName) => {
    const thread = new Thread({ target: targets[name], args: [wires], name, daemon: true })
    thread.start()
    current.set(thread.ident ?? 0, name)
  }
  onThreadEnd((end) => {
    const name = current.get(end.ident)
    current.delete(end.ident)
    if (name === undefined || wires.shutdown.isSet()) return
    deaths.push(performance.now())
    while (deaths[0] !== undefined && deaths[0] < performance.now() - minute) deaths.shift()
    if (deaths.length > maxDeathsPerMinute) return onLost(name)
    start(name)
    onReplaced(name, end)
  })
  for (const name of Object.keys(targets) as PlayerThreadName[]) start(name)
}

import { onThreadEnd, Thread, type ThreadEnd } from '@skein/threading'
import { decoder } from '../workers/decoder-thread.ts'
import { input } from '../workers/input-thread.ts'
import { playback } from '../workers/playback-thread.ts'
import type { PlayerChannels } from '../workers/player-channels.ts'
import { selector } from '../workers/selector-thread.ts'

const targets = { input, playback, selector, decoder }

export type PlayerThreadName = keyof typeof targets

/** If threads die more often than this within a minute, they are no longer replaced: it would not help. */
const maxDeathsPerMinute = 20
const minute = 60_000

export interface SupervisorOptions {
  /** Called when the replacement has started. */
  readonly onReplaced: (name: PlayerThreadName, end: ThreadEnd) => void
  /** Called after too many deaths: the thread is not replaced. */
  readonly onLost: (name: PlayerThreadName) => void
  /** Returns milliseconds. */
  readonly clock?: () => number
}

/** Starts the player's threads, and replaces each one that dies. */
export function superviseThreads(
  channels: PlayerChannels,
  { onReplaced, onLost, clock = () => performance.now() }: SupervisorOptions,
): void {
  const current = new Map<number, PlayerThreadName>()
  const deaths: number[] = []
  const start = (name: PlayerThreadName) => {
    const thread = new Thread({ target: targets[name], args: [channels], name, daemon: true })
    thread.start()
    current.set(thread.ident ?? 0, name)
  }
  onThreadEnd((end) => {
    const name = current.get(end.ident)
    current.delete(end.ident)
    if (name === undefined || channels.shutdown.isSet()) return
    const time = clock()
    deaths.push(time)
    while (deaths[0] !== undefined && deaths[0] < time - minute) deaths.shift()
    if (deaths.length > maxDeathsPerMinute) return onLost(name)
    start(name)
    onReplaced(name, end)
  })
  for (const name of Object.keys(targets) as PlayerThreadName[]) start(name)
}

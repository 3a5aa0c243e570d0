import { onThreadEnd, Thread, type ThreadEnd } from '../../shared/threading/index.ts'
import { input } from '../workers/input.ts'
import { playback } from '../workers/playback.ts'
import { selector } from '../workers/selector.ts'
import type { Wires } from '../workers/wires.ts'

const targets = { input, playback, selector }

export type PlayerThread = keyof typeof targets

/** A thread that dies more often than this within a minute is left dead: starting it anew does not help. */
const deathsAtMost = 20
const minute = 60_000

/**
 * Starts the player's three threads, and starts one anew whenever it dies. `onReplaced` is called when the
 * new one has been started, `onLost` when it died too often to go on.
 */
export function superviseThreads(
  wires: Wires,
  onReplaced: (name: PlayerThread, end: ThreadEnd) => void,
  onLost: (name: PlayerThread) => void,
): void {
  const current = new Map<number, PlayerThread>()
  const deaths: number[] = []
  const start = (name: PlayerThread) => {
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
    if (deaths.length > deathsAtMost) return onLost(name)
    start(name)
    onReplaced(name, end)
  })
  for (const name of Object.keys(targets) as PlayerThread[]) start(name)
}

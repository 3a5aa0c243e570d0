import { derivedCategories, type TraceJson } from './trace-format.ts'

interface Hold {
  readonly thread: number
  readonly name: string
  readonly from: number
}

interface Track {
  readonly tid: number
  hold: Hold | undefined
  /** When the last hold ended. */
  freeSince: number
}

/** Sorts locks below all threads. */
const sortIndexBase = 100_000

/**
 * The holders of each lock, as slices on a separate track of the lock: a hold begins in one slice of its thread and ends
 * in another, and slices of one track must be nested.
 */
export class LockTracks {
  readonly #pid: number
  readonly #nextTask: () => number
  readonly #emit: (event: TraceJson) => void
  readonly #tracks = new Map<number, Track>()

  constructor(pid: number, nextTask: () => number, emit: (event: TraceJson) => void) {
    this.#pid = pid
    this.#nextTask = nextTask
    this.#emit = emit
  }

  /** Adds that a lock has a holder, or is free. Times are ns since the trace began. */
  observe(
    lock: number,
    label: string,
    holder: { readonly thread: number; readonly name: string } | undefined,
    at: number,
  ): void {
    const track = this.#tracks.get(lock)
    if (track?.hold?.thread === holder?.thread) return
    if (track?.hold) this.#close(track, track.hold, at)
    if (holder === undefined) return
    const held = this.#open(lock, label)
    held.hold = { ...holder, from: Math.max(at, held.freeSince) }
  }

  finish(to: number): void {
    for (const track of this.#tracks.values()) if (track.hold) this.#close(track, track.hold, to)
  }

  #open(lock: number, label: string): Track {
    const known = this.#tracks.get(lock)
    if (known) return known
    const track: Track = { tid: this.#nextTask(), hold: undefined, freeSince: 0 }
    this.#tracks.set(lock, track)
    const common = { ph: 'M', pid: this.#pid, tid: track.tid } as const
    this.#emit({ ...common, name: 'thread_name', args: { name: label } })
    this.#emit({ ...common, name: 'thread_sort_index', args: { sort_index: sortIndexBase + track.tid } })
    return track
  }

  #close(track: Track, { thread, name, from }: Hold, at: number): void {
    track.hold = undefined
    track.freeSince = Math.max(from, at)
    const dur = (track.freeSince - from) / 1000
    const slice = {
      name: `held by ${name}`,
      cat: derivedCategories.hold,
      ph: 'X',
      ts: from / 1000,
      dur,
    } as const
    this.#emit({ ...slice, pid: this.#pid, tid: track.tid, args: { thread } })
  }
}

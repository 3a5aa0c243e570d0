import { Lock, SharedMemory } from '@skein/threading'
import { failureReasons, type Notice, type PlayerState, type Transport } from './messages.ts'
import { repeatModes } from './modes.ts'
import { initialPlayback, type NeedReason, type PlaybackState } from './playback-state.ts'
import { maxHistory } from './playback-transitions.ts'

const transports: readonly Transport[] = ['stopped', 'loading', 'playing', 'paused']
const notices: readonly Notice['kind'][] = ['none', 'cannotPlay', 'nothingPlayable', 'selectorLate']
const needs: readonly PlaybackState['need'][] = ['none', 'play', 'next', 'ended', 'failed']

/** Places of the doubles, then those of the words behind them, then the lists: one copy. */
const doubleAt = {
  position: 0,
  positionAt: 1,
  duration: 2,
  volume: 3,
  askedAt: 4,
  ahead: 5,
  readyAt: 6,
  neededAt: 7,
} as const
const firstWord = 16
const wordAt = {
  transport: 0,
  run: 1,
  track: 2,
  muted: 3,
  shuffle: 4,
  repeat: 5,
  noticeNumber: 6,
  noticeKind: 7,
  noticeTrack: 8,
  noticeReason: 9,
  failures: 10,
  broken: 11,
  preloaded: 12,
  need: 13,
  historyLength: 14,
  forwardLength: 15,
  readinessNumber: 16,
  readinessTrack: 17,
  wasReady: 18,
} as const
const historyAt = firstWord + 32
const forwardAt = historyAt + maxHistory
/** A whole number of doubles. */
const copyBytes = (forwardAt + maxHistory) * 4
/** Behind the two copies the word that says which one counts: 1 or 2, or 0 before the first writing. */
const validAt = (2 * copyBytes) / 4

/** One of the two copies. */
interface Copy {
  readonly int32: Int32Array
  readonly float64: Float64Array
}

/**
 * The struct `playerState` in shared memory, under its Lock. `playback` writes it after every step, so that
 * the window can read it at any time and a fresh playback thread goes on from it. It is there twice: what is written
 * counts once it is whole, wherever the thread that writes it dies.
 */
export class PlayerMemory {
  readonly lock: Lock
  readonly block: SharedMemory
  readonly #copies: readonly [Copy, Copy]

  /** Made by main without arguments; other threads get its two parts. */
  constructor(
    parts: { lock: Lock; block: SharedMemory } = {
      lock: new Lock({ name: 'playerState' }),
      block: new SharedMemory({ name: 'playerState', bytes: 2 * copyBytes + 8 }),
    },
  ) {
    this.lock = parts.lock
    this.block = parts.block
    this.#copies = [copyAt(this.block, 0), copyAt(this.block, copyBytes)]
  }

  /** Blocks for as long as the window copies the struct. */
  write(state: PlaybackState): void {
    using _ = this.lock.hold()
    if (this.lock.ownerDied) this.lock.markConsistent()
    const next = this.#validCopyNumber === 1 ? 2 : 1
    const copy = this.#copies[next - 1]!
    writeNumbers(copy, state)
    writeList(copy, state.history, historyAt, wordAt.historyLength)
    writeList(copy, state.forward, forwardAt, wordAt.forwardLength)
    this.block.int32[validAt] = next
  }

  /** Never blocks: undefined when the struct is just being written, and another look is worth while. */
  tryRead(): PlayerState | undefined {
    if (!this.lock.acquire(false)) return undefined
    try {
      const copy = this.#validCopy
      return copy === undefined ? initialPlayback : readPlayer(copy)
    } finally {
      this.lock.release()
    }
  }

  /** What the last playback thread left, or the initial state. Blocks. */
  readAll(): PlaybackState {
    using _ = this.lock.hold()
    const copy = this.#validCopy
    return copy === undefined ? initialPlayback : readAll(copy)
  }

  get #validCopyNumber(): number {
    return this.block.int32[validAt]!
  }

  /** Undefined before the first writing. */
  get #validCopy(): Copy | undefined {
    return this.#copies[this.#validCopyNumber - 1]
  }
}

function copyAt({ int32, float64 }: SharedMemory, start: number): Copy {
  const end = start + copyBytes
  return {
    int32: int32.subarray(start / 4, end / 4),
    float64: float64.subarray(start / 8, end / 8),
  }
}

const readWord = ({ int32 }: Copy, name: keyof typeof wordAt): number => int32[firstWord + wordAt[name]]!

function readAll(copy: Copy): PlaybackState {
  return {
    ...readPlayer(copy),
    history: readList(copy, historyAt, 'historyLength'),
    forward: readList(copy, forwardAt, 'forwardLength'),
    failures: readWord(copy, 'failures'),
    broken: readWord(copy, 'broken') === 1,
    preloaded: readWord(copy, 'preloaded'),
    readyAt: copy.float64[doubleAt.readyAt]!,
    neededAt: copy.float64[doubleAt.neededAt]!,
    askedAt: copy.float64[doubleAt.askedAt]!,
    need: needs[readWord(copy, 'need')] ?? 'none',
  }
}

function readPlayer(copy: Copy): PlayerState {
  const double = copy.float64
  return {
    transport: transports[readWord(copy, 'transport')] ?? 'stopped',
    run: readWord(copy, 'run'),
    track: readWord(copy, 'track'),
    position: double[doubleAt.position]!,
    positionAt: double[doubleAt.positionAt]!,
    duration: double[doubleAt.duration]!,
    volume: double[doubleAt.volume]!,
    muted: readWord(copy, 'muted') === 1,
    shuffle: readWord(copy, 'shuffle') === 1,
    repeat: repeatModes[readWord(copy, 'repeat')] ?? 'off',
    notice: {
      number: readWord(copy, 'noticeNumber'),
      kind: notices[readWord(copy, 'noticeKind')] ?? 'none',
      track: readWord(copy, 'noticeTrack'),
      reason: failureReasons[readWord(copy, 'noticeReason') - 1],
    },
    readiness: {
      number: readWord(copy, 'readinessNumber'),
      track: readWord(copy, 'readinessTrack'),
      ahead: readWord(copy, 'wasReady') === 1 ? double[doubleAt.ahead]! : undefined,
    },
  }
}

function writeNumbers(copy: Copy, state: PlaybackState): void {
  const { notice, readiness, position, positionAt, duration, volume, askedAt, readyAt, neededAt } = state
  const ahead = readiness.ahead ?? 0
  copy.float64.set([position, positionAt, duration, volume, askedAt, ahead, readyAt, neededAt])
  const values: Partial<Record<keyof typeof wordAt, number>> = {
    transport: transports.indexOf(state.transport),
    run: state.run,
    track: state.track,
    muted: Number(state.muted),
    shuffle: Number(state.shuffle),
    repeat: repeatModes.indexOf(state.repeat),
    noticeNumber: notice.number,
    noticeKind: notices.indexOf(notice.kind),
    noticeTrack: notice.track,
    noticeReason: notice.reason === undefined ? 0 : failureReasons.indexOf(notice.reason) + 1,
    failures: state.failures,
    broken: Number(state.broken),
    preloaded: state.preloaded,
    need: needs.indexOf(state.need as NeedReason),
    readinessNumber: readiness.number,
    readinessTrack: readiness.track,
    wasReady: Number(readiness.ahead !== undefined),
  }
  for (const [name, value] of Object.entries(values)) {
    copy.int32[firstWord + wordAt[name as keyof typeof wordAt]] = value
  }
}

function writeList(copy: Copy, list: readonly number[], at: number, lengthAt: number): void {
  const kept = list.slice(-maxHistory)
  copy.int32.set(kept, at)
  copy.int32[firstWord + lengthAt] = kept.length
}

function readList(copy: Copy, at: number, length: 'historyLength' | 'forwardLength'): number[] {
  return Array.from(copy.int32.subarray(at, at + readWord(copy, length)))
}

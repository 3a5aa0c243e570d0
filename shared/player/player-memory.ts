import { Lock, SharedMemory } from '@skein/threading'
import { failureReasons, type Notice, type PlayerState, type Transport } from './messages.ts'
import { repeatModes } from './modes.ts'
import { initialPlayback, type NeedReason, type PlaybackState } from './playback-state.ts'
import { maxHistory } from './playback-transitions.ts'

const transports: readonly Transport[] = ['stopped', 'loading', 'playing', 'paused']
const notices: readonly Notice['kind'][] = ['none', 'cannotPlay', 'nothingPlayable', 'selectorLate']
const needs: readonly PlaybackState['need'][] = ['none', 'play', 'next', 'ended', 'failed']

/**
 * The layout of one copy: doubles, then words, and the two lists. These are indexes into
 * each part.
 */
const doubleIndex = {
  position: 0,
  positionAt: 1,
  duration: 2,
  volume: 3,
  reportRequestedAt: 4,
  ahead: 5,
  readyAt: 6,
  neededAt: 7,
  heard: 8,
  speed: 9,
} as const
const firstWord = 32
const wordIndex = {
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
  isCounted: 19,
  playNumber: 20,
  playTrack: 21,
} as const
const historyStart = firstWord + 32
const forwardStart = historyStart + maxHistory
/** A multiple of 8, so that the second copy is aligned. */
const copyBytes = (forwardStart + maxHistory) * 4
/** The word behind the two copies: the number of the valid one, 0 before the first write. */
const validIndex = (2 * copyBytes) / 4

/** One of the two copies. */
interface Copy {
  readonly int32: Int32Array
  readonly float64: Float64Array
}

/**
 * The struct `playerState` in shared memory, under its Lock. `playback` writes it after every step. The
 * window can read it at any time, and a thread that replaces `playback` continues from it. It exists twice: a
 * write becomes valid when it is complete, so a thread that dies while writing leaves a valid copy.
 */
export class PlayerMemory {
  readonly lock: Lock
  readonly block: SharedMemory
  readonly #copies: readonly [Copy, Copy]

  /** Main calls it without arguments; other threads pass the two parts. */
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

  /** Blocks while the window copies the struct. */
  write(state: PlaybackState): void {
    using _ = this.lock.hold()
    if (this.lock.ownerDied) this.lock.markConsistent()
    const next = this.#validCopyNumber === 1 ? 2 : 1
    const copy = this.#copies[next - 1]!
    writeNumbers(copy, state)
    writeList(copy, state.history, historyStart, wordIndex.historyLength)
    writeList(copy, state.forward, forwardStart, wordIndex.forwardLength)
    this.block.int32[validIndex] = next
  }

  /** Never blocks. Returns undefined while another thread holds the lock: try again later. */
  tryRead(): PlayerState | undefined {
    if (!this.lock.acquire(false)) return undefined
    try {
      const copy = this.#validCopy
      return copy === undefined ? initialPlayback : readPlayer(copy)
    } finally {
      this.lock.release()
    }
  }

  /** Returns the state that the last playback thread wrote, or the initial one. Blocks. */
  readAll(): PlaybackState {
    using _ = this.lock.hold()
    const copy = this.#validCopy
    return copy === undefined ? initialPlayback : readAll(copy)
  }

  get #validCopyNumber(): number {
    return this.block.int32[validIndex]!
  }

  /** Undefined before the first write. */
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

const readWord = ({ int32 }: Copy, name: keyof typeof wordIndex): number =>
  int32[firstWord + wordIndex[name]]!

function readAll(copy: Copy): PlaybackState {
  return {
    ...readPlayer(copy),
    history: readList(copy, historyStart, 'historyLength'),
    forward: readList(copy, forwardStart, 'forwardLength'),
    failures: readWord(copy, 'failures'),
    broken: readWord(copy, 'broken') === 1,
    preloaded: readWord(copy, 'preloaded'),
    readyAt: copy.float64[doubleIndex.readyAt]!,
    neededAt: copy.float64[doubleIndex.neededAt]!,
    reportRequestedAt: copy.float64[doubleIndex.reportRequestedAt]!,
    heard: copy.float64[doubleIndex.heard]!,
    isCounted: readWord(copy, 'isCounted') === 1,
    play: { number: readWord(copy, 'playNumber'), track: readWord(copy, 'playTrack') },
    need: needs[readWord(copy, 'need')] ?? 'none',
  }
}

function readPlayer(copy: Copy): PlayerState {
  const doubles = copy.float64
  return {
    transport: transports[readWord(copy, 'transport')] ?? 'stopped',
    run: readWord(copy, 'run'),
    track: readWord(copy, 'track'),
    position: doubles[doubleIndex.position]!,
    positionAt: doubles[doubleIndex.positionAt]!,
    speed: doubles[doubleIndex.speed]!,
    duration: doubles[doubleIndex.duration]!,
    volume: doubles[doubleIndex.volume]!,
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
      ahead: readWord(copy, 'wasReady') === 1 ? doubles[doubleIndex.ahead]! : undefined,
    },
  }
}

function writeNumbers(copy: Copy, state: PlaybackState): void {
  const { notice, readiness, play } = state
  const doubles: Record<keyof typeof doubleIndex, number> = { ...state, ahead: readiness.ahead ?? 0 }
  for (const [name, index] of Object.entries(doubleIndex)) {
    copy.float64[index] = doubles[name as keyof typeof doubleIndex]
  }
  const values: Partial<Record<keyof typeof wordIndex, number>> = {
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
    isCounted: Number(state.isCounted),
    playNumber: play.number,
    playTrack: play.track,
  }
  for (const [name, value] of Object.entries(values)) {
    copy.int32[firstWord + wordIndex[name as keyof typeof wordIndex]] = value
  }
}

function writeList(copy: Copy, list: readonly number[], start: number, lengthIndex: number): void {
  const kept = list.slice(-maxHistory)
  copy.int32.set(kept, start)
  copy.int32[firstWord + lengthIndex] = kept.length
}

function readList(copy: Copy, start: number, length: 'historyLength' | 'forwardLength'): number[] {
  return Array.from(copy.int32.subarray(start, start + readWord(copy, length)))
}

import type { Repeat } from '../host-api.ts'
import { Lock, SharedMemory } from '../threading/index.ts'
import type { Notice, PlayerState, Transport } from './messages.ts'
import { initialPlayback, type NeedReason, type PlaybackState } from './playback-state.ts'
import { historyAtMost } from './playback-steps.ts'

const transports: readonly Transport[] = ['stopped', 'loading', 'playing', 'paused']
const repeats: readonly Repeat[] = ['off', 'all', 'one']
const notices: readonly Notice['kind'][] = ['none', 'cannotPlay', 'nothingPlayable', 'selectorLate']
const needs: readonly PlaybackState['need'][] = ['none', 'play', 'next', 'ended', 'failed']

const detailBytes = 512

/** Places of the doubles, then those of the words behind them, then the lists, then the notice's text. */
const doubleAt = { position: 0, positionAt: 1, duration: 2, volume: 3, askedAt: 4 } as const
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
  noticeBytes: 9,
  failures: 10,
  broken: 11,
  preloaded: 12,
  need: 13,
  written: 14,
  historyLength: 15,
  forwardLength: 16,
} as const
const historyAt = firstWord + 32
const forwardAt = historyAt + historyAtMost
const detailAt = (forwardAt + historyAtMost) * 4

/**
 * The struct `playerState` in shared memory, under its Lock. `playback` writes it after every step, so that
 * the window can read it at any time and a fresh playback thread goes on from it.
 */
export class PlayerMemory {
  readonly lock: Lock
  readonly block: SharedMemory

  /** Made by main without arguments; other threads get its two parts. */
  constructor(
    parts: { lock: Lock; block: SharedMemory } = {
      lock: new Lock({ name: 'playerState' }),
      block: new SharedMemory({ name: 'playerState', bytes: detailAt + detailBytes }),
    },
  ) {
    this.lock = parts.lock
    this.block = parts.block
  }

  /** Blocks for as long as the window copies the struct. */
  write(state: PlaybackState): void {
    using _ = this.lock.hold()
    if (this.lock.ownerDied) this.lock.markConsistent()
    this.#writeNumbers(state)
    this.#writeList(state.history, historyAt, wordAt.historyLength)
    this.#writeList(state.forward, forwardAt, wordAt.forwardLength)
    this.#writeDetail(state.notice.detail)
    this.block.int32[firstWord + wordAt.written] = 1
  }

  /** Never blocks: undefined when the struct is just being written, and another look is worth while. */
  tryRead(): PlayerState | undefined {
    if (!this.lock.acquire(false)) return undefined
    try {
      return this.#readPlayer()
    } finally {
      this.lock.release()
    }
  }

  /** What the last playback thread left, or the initial state. Blocks. */
  readAll(): PlaybackState {
    using _ = this.lock.hold()
    const word = this.#word
    if (word(wordAt.written) === 0) return initialPlayback
    return {
      ...this.#readPlayer(),
      history: this.#readList(historyAt, wordAt.historyLength),
      forward: this.#readList(forwardAt, wordAt.forwardLength),
      failures: word(wordAt.failures),
      broken: word(wordAt.broken) === 1,
      preloaded: word(wordAt.preloaded),
      askedAt: this.block.float64[doubleAt.askedAt]!,
      need: needs[word(wordAt.need)] ?? 'none',
    }
  }

  readonly #word = (at: number): number => this.block.int32[firstWord + at]!

  #readPlayer(): PlayerState {
    const word = this.#word
    const double = this.block.float64
    if (word(wordAt.written) === 0) return initialPlayback
    return {
      transport: transports[word(wordAt.transport)] ?? 'stopped',
      run: word(wordAt.run),
      track: word(wordAt.track),
      position: double[doubleAt.position]!,
      positionAt: double[doubleAt.positionAt]!,
      duration: double[doubleAt.duration]!,
      volume: double[doubleAt.volume]!,
      muted: word(wordAt.muted) === 1,
      shuffle: word(wordAt.shuffle) === 1,
      repeat: repeats[word(wordAt.repeat)] ?? 'off',
      notice: {
        number: word(wordAt.noticeNumber),
        kind: notices[word(wordAt.noticeKind)] ?? 'none',
        track: word(wordAt.noticeTrack),
        detail: this.#readDetail(),
      },
    }
  }

  #writeNumbers(state: PlaybackState): void {
    this.block.float64.set([state.position, state.positionAt, state.duration, state.volume, state.askedAt])
    const { notice } = state
    const values: Partial<Record<keyof typeof wordAt, number>> = {
      transport: transports.indexOf(state.transport),
      run: state.run,
      track: state.track,
      muted: Number(state.muted),
      shuffle: Number(state.shuffle),
      repeat: repeats.indexOf(state.repeat),
      noticeNumber: notice.number,
      noticeKind: notices.indexOf(notice.kind),
      noticeTrack: notice.track,
      failures: state.failures,
      broken: Number(state.broken),
      preloaded: state.preloaded,
      need: needs.indexOf(state.need as NeedReason),
    }
    for (const [name, value] of Object.entries(values)) {
      this.block.int32[firstWord + wordAt[name as keyof typeof wordAt]] = value
    }
  }

  #writeList(list: readonly number[], at: number, lengthAt: number): void {
    const kept = list.slice(-historyAtMost)
    this.block.int32.set(kept, at)
    this.block.int32[firstWord + lengthAt] = kept.length
  }

  #readList(at: number, lengthAt: number): number[] {
    return Array.from(this.block.int32.subarray(at, at + this.#word(lengthAt)))
  }

  #writeDetail(detail: string): void {
    const text = new Uint8Array(detailBytes)
    const { written } = new TextEncoder().encodeInto(detail, text)
    this.block.uint8.set(text.subarray(0, written), detailAt)
    this.block.int32[firstWord + wordAt.noticeBytes] = written
  }

  #readDetail(): string {
    const size = this.#word(wordAt.noticeBytes)
    return new TextDecoder().decode(this.block.uint8.slice(detailAt, detailAt + size))
  }
}

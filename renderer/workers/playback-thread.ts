import { defineTargets, Empty, now } from '@skein/threading'
import { drainEffects } from '../../shared/player/effect-queue.ts'
import type { Command } from '../../shared/player/messages.ts'
import {
  handleCommand,
  handleNextPeeked,
  handleNextTaken,
  handleTimeout,
  recover,
  timeUntilDeadline,
} from '../../shared/player/playback.ts'
import type { Effect, NextSource, Outcome, PlaybackState } from '../../shared/player/playback-state.ts'
import { PlayerMemory } from '../../shared/player/player-memory.ts'
import { type TakenSong, UpNext } from '../../shared/player/up-next.ts'
import { type PlayerChannels, runUntilShutdown } from './player-channels.ts'

/** Milliseconds for which playback waits for the selector before it continues without it. */
const selectorTimeout = 500

type NeedNextEffect = Extract<Effect, { kind: 'needNext' }>

/**
 * The thread `playback`: runs the current song. Waits for commands and reports, and performs the effects that
 * follow.
 */
export function playback(channels: PlayerChannels): void {
  const runner = new PlaybackRunner(channels)
  runUntilShutdown(() => {
    runner.apply((state) => recover(state, now()))
    for (;;) {
      const command = takeCommand(channels, runner.timeUntilDeadline)
      runner.apply((state) =>
        command === undefined ? handleTimeout(state, now()) : handleCommand(state, command, now()),
      )
    }
  })
}
defineTargets({ playback })

/** Returns the next command; undefined if the deadline came first. */
function takeCommand({ commands }: PlayerChannels, timeout: number | undefined): Command | undefined {
  try {
    return commands.get(true, timeout)
  } catch (error) {
    if (error instanceof Empty) return undefined
    throw error
  }
}

class PlaybackRunner {
  readonly #channels: PlayerChannels
  readonly #memory: PlayerMemory
  readonly #upNext: UpNext
  #state: PlaybackState
  /** Whether `upNext` has this thread's state. */
  #isUpNextCurrent = false

  constructor(channels: PlayerChannels) {
    this.#channels = channels
    this.#memory = new PlayerMemory(channels.playerState)
    this.#upNext = new UpNext(channels.upNext)
    this.#state = this.#memory.readAll()
  }

  /** Milliseconds until the state must be checked without a command. */
  get timeUntilDeadline(): number | undefined {
    return timeUntilDeadline(this.#state, now())
  }

  /** Runs a transition and performs all effects that follow from it. */
  apply(transition: (state: PlaybackState) => Outcome): void {
    drainEffects(this.#commit(transition), (effect) => this.#performEffect(effect))
    this.#channels.changed.set()
  }

  /**
   * Writes the state before performing its effects: a thread that replaces this one repeats the effects that
   * it may not have performed.
   */
  #commit(transition: (state: PlaybackState) => Outcome): readonly Effect[] {
    const before = this.#state
    const { state, effects } = transition(before)
    this.#state = state
    this.#memory.write(state)
    this.#updateUpNext(before, state)
    return effects
  }

  #updateUpNext(before: PlaybackState, state: PlaybackState): void {
    const isActive = hasCurrentSong(state)
    if (before.track === state.track && hasCurrentSong(before) === isActive && this.#isUpNextCurrent) return
    this.#isUpNextCurrent = true
    using _ = this.#upNext.hold()
    this.#upNext.writeCurrent(state.track)
    this.#upNext.setActive(isActive)
  }

  #performEffect(effect: Effect): readonly Effect[] {
    switch (effect.kind) {
      case 'audio':
        this.#channels.audio.put(effect.request)
        return []
      case 'recordPlay':
        this.#channels.plays.put(effect.play)
        return []
      case 'setPlaying':
        this.#channels.playing.set()
        return []
      case 'clearPlaying':
        this.#channels.playing.clear()
        return []
      case 'needNext':
        return this.#takeNext(effect)
      case 'peekNext':
        return this.#peekNext()
      case 'writeModes':
        this.#changePlan(() => this.#upNext.writeModes(effect))
        return []
      case 'restartPlan':
        this.#changePlan(() => this.#upNext.restartList(0))
        return []
    }
  }

  #changePlan(change: () => void): void {
    using _ = this.#upNext.hold()
    change()
  }

  #peekNext(): readonly Effect[] {
    const first = this.#readFirstSong()
    return this.#commit((state) => handleNextPeeked(state, first, now()))
  }

  #readFirstSong(): number | undefined {
    using _ = this.#upNext.hold()
    return this.#upNext.firstSong
  }

  #takeNext(need: NeedNextEffect): readonly Effect[] {
    const { track, songs, source } = this.#waitForNext(need)
    return this.#commit((state) => handleNextTaken(state, track, source, songs, now()))
  }

  #waitForNext({ skipTo }: NeedNextEffect): TakenSong & { source: NextSource } {
    const upNext = this.#upNext
    using _ = upNext.hold()
    if (skipTo !== undefined) return { ...this.#skipTo(skipTo.index, skipTo.track), source: 'plan' }
    const isKnown = upNext.condition.waitFor(() => upNext.hasSong || upNext.isPlanned, selectorTimeout)
    return isKnown ? { ...upNext.take(0), source: 'plan' } : { ...upNext.takeUnplanned(), source: 'list' }
  }

  /** The plan may have changed since the user saw it. The requested song counts, not the index. */
  #skipTo(index: number, track: number): TakenSong {
    const songs = this.#upNext.list.length
    const isUnmoved = this.#upNext.trackAt(index) === track
    const current = isUnmoved ? index : this.#upNext.indexOf(track)
    return current < 0 ? { track, songs } : this.#upNext.take(current)
  }
}

/** Returns whether there is a song that others can follow. */
function hasCurrentSong({ transport, need }: PlaybackState): boolean {
  return transport !== 'stopped' || need !== 'none'
}

import { defineTargets, Empty, now, ShutDown } from '@skein/threading'
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
import type { PlayerChannels } from './player-channels.ts'

/** Milliseconds that playback waits for the selector before it goes on without it. */
const selectorTimeout = 500

type NeedNextEffect = Extract<Effect, { kind: 'needNext' }>

/** Runs the current song: waits for commands and reports, and carries out what follows from them. */
export function playback(wires: PlayerChannels): void {
  const running = new PlaybackRunner(wires)
  running.apply((state) => recover(state, now()))
  for (;;) {
    const command = takeCommand(wires, running.timeUntilDeadline)
    if (command === 'shutdown') return
    running.apply((state) =>
      command === undefined ? handleTimeout(state, now()) : handleCommand(state, command, now()),
    )
  }
}
defineTargets({ playback })

/** Undefined when the deadline came first. */
function takeCommand(
  { commands }: PlayerChannels,
  timeout: number | undefined,
): Command | undefined | 'shutdown' {
  try {
    return commands.get(true, timeout)
  } catch (error) {
    if (error instanceof Empty) return undefined
    if (error instanceof ShutDown) return 'shutdown'
    throw error
  }
}

class PlaybackRunner {
  readonly #channels: PlayerChannels
  readonly #memory: PlayerMemory
  readonly #upNext: UpNext
  #state: PlaybackState
  /** Whether `upNext` knows of this thread's state yet. */
  #isUpNextCurrent = false

  constructor(wires: PlayerChannels) {
    this.#channels = wires
    this.#memory = new PlayerMemory(wires.playerState)
    this.#upNext = new UpNext(wires.upNext)
    this.#state = this.#memory.readAll()
  }

  /** Milliseconds until the song must be looked at without a command. */
  get timeUntilDeadline(): number | undefined {
    return timeUntilDeadline(this.#state, now())
  }

  /** Runs a transition and everything that follows from it. */
  apply(transition: (state: PlaybackState) => Outcome): void {
    drainEffects(this.#commit(transition), (effect) => this.#performEffect(effect))
    this.#channels.changed.set()
  }

  /** The state is written before its effects: a thread that replaces this one repeats what this one may not have finished. */
  #commit(transition: (state: PlaybackState) => Outcome): readonly Effect[] {
    const before = this.#state
    const { state, effects } = transition(before)
    this.#state = state
    this.#memory.write(state)
    this.#updateUpNext(before, state)
    return effects
  }

  #updateUpNext(before: PlaybackState, state: PlaybackState): void {
    const isOpen = hasCurrentSong(state)
    if (before.track === state.track && hasCurrentSong(before) === isOpen && this.#isUpNextCurrent) return
    this.#isUpNextCurrent = true
    using _ = this.#upNext.hold()
    this.#upNext.writeCurrent(state.track)
    this.#upNext.setOpen(isOpen)
  }

  #performEffect(effect: Effect): readonly Effect[] {
    switch (effect.kind) {
      case 'audio':
        this.#channels.audio.put(effect.request)
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
      case 'changedMode':
        this.#changePlan(() => this.#upNext.writeModes(effect))
        return []
      case 'restartPlan':
        this.#changePlan(() => this.#upNext.restartOrder(0))
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

  #waitForNext({ pass }: NeedNextEffect): TakenSong & { source: NextSource } {
    const upNext = this.#upNext
    using _ = upNext.hold()
    if (pass !== undefined) return { ...this.#skipTo(pass.index, pass.track), source: 'plan' }
    const isKnown = upNext.condition.waitFor(() => upNext.hasSong || upNext.isPlanned, selectorTimeout)
    return isKnown ? { ...upNext.take(0), source: 'plan' } : { ...upNext.takeUnplanned(), source: 'order' }
  }

  /** The plan may have moved since the user saw it; the song that was asked for counts. */
  #skipTo(index: number, track: number): TakenSong {
    const songs = this.#upNext.order.length
    const isThere = this.#upNext.trackAt(index) === track
    const current = isThere ? index : this.#upNext.indexOf(track)
    return current < 0 ? { track, songs } : this.#upNext.take(current)
  }
}

/** Whether there is a song that others can follow. */
function hasCurrentSong({ transport, need }: PlaybackState): boolean {
  return transport !== 'stopped' || need !== 'none'
}

import type { TrackId } from '../../shared/library/track.ts'
import { drainEffects } from '../../shared/player/effect-queue.ts'
import type { AudioRequest, Command, FailureReason } from '../../shared/player/messages.ts'
import type { Repeat } from '../../shared/player/modes.ts'
import {
  handleCommand,
  handleNextPeeked,
  handleNextTaken,
  handleTimeout,
  recover,
  timeUntilDeadline,
} from '../../shared/player/playback.ts'
import { type Effect, initialPlayback, type Outcome } from '../../shared/player/playback-state.ts'
import {
  advanceSelection,
  beginSelection,
  changeModes,
  Planner,
  type Selection,
} from '../../shared/player/selection.ts'

/** Playback with its plan and a clock on one thread: does step by step what the workers do. */
export class SimulatedPlayer {
  state = initialPlayback
  now = 1_000_000
  /** The requests to the sound output since the last `takeAudioRequests`. */
  readonly audioRequests: AudioRequest[] = []
  readonly effects: Effect[] = []
  /** The tracks whose plays were recorded, each number once. */
  readonly plays: TrackId[] = []
  isPlaying = false
  /** Whether the selector is dead, so that the plan stays empty. */
  isSelectorDead = false
  selection: Selection
  readonly list: Int32Array
  readonly planner: Planner

  constructor(list: readonly TrackId[], modes: { shuffle?: boolean; repeat?: Repeat } = {}, seed = 7) {
    this.list = Int32Array.from(list)
    this.planner = new Planner(this.list)
    const { shuffle = false, repeat = 'off' } = modes
    this.selection = beginSelection(this.list, 0, { shuffle, repeat }, seed)
    this.send({ kind: 'restore', volume: 0.5, muted: false, shuffle, repeat })
    this.audioRequests.length = 0
  }

  send(command: Command): void {
    if (command.kind === 'playTrack') {
      this.selection = beginSelection(this.list, command.track, this.selection, this.selection.seed + 1)
    }
    this.#apply(handleCommand(this.state, command, this.now))
  }

  /** The sound output begins to play the requested song. */
  startSound(duration = 100): void {
    const { run, position } = this.state
    this.send({ kind: 'loaded', run, duration })
    this.send({ kind: 'playing', run, position })
  }

  end(): void {
    this.send({ kind: 'ended', run: this.state.run })
  }

  fail(reason: FailureReason = 'fileDamaged'): void {
    this.send({ kind: 'failed', run: this.state.run, reason })
  }

  wait(seconds: number): void {
    this.now += seconds * 1000
  }

  get timeUntilDeadline(): number | undefined {
    return timeUntilDeadline(this.state, this.now)
  }

  /** Advances the clock to the deadline and wakes playback. */
  waitForDeadline(): void {
    this.now += this.timeUntilDeadline ?? 0
    this.tick()
  }

  tick(): void {
    this.#apply(handleTimeout(this.state, this.now))
  }

  /** The thread dies, and another continues from the state in memory. */
  restart(): void {
    this.state = structuredClone(this.state)
    this.#apply(recover(this.state, this.now))
  }

  /** Returns the requests to the sound output since the last call. */
  takeAudioRequests(): AudioRequest[] {
    return this.audioRequests.splice(0)
  }

  #apply(outcome: Outcome): void {
    drainEffects(this.#commit(outcome), (effect) => this.#performEffect(effect))
  }

  #commit({ state, effects }: Outcome): readonly Effect[] {
    this.state = state
    return effects
  }

  #performEffect(effect: Effect): readonly Effect[] {
    this.effects.push(effect)
    const { list, selection } = this
    switch (effect.kind) {
      case 'audio':
        this.audioRequests.push(effect.request)
        return []
      case 'recordPlay':
        this.plays[effect.play.number - 1] = effect.play.track
        return []
      case 'setPlaying':
      case 'clearPlaying':
        this.isPlaying = effect.kind === 'setPlaying'
        return []
      case 'writeModes':
        this.selection = changeModes(list, selection, this.state.track, effect, selection.seed + 1)
        return []
      case 'restartPlan':
        this.selection = beginSelection(list, 0, selection, selection.seed + 1)
        return []
      case 'peekNext':
        return this.#commit(handleNextPeeked(this.state, this.planner.upcoming(selection, 1)[0], this.now))
      case 'needNext': {
        const index = effect.skipTo?.index ?? 0
        const track = this.planner.upcoming(selection, index + 1)[index]
        if (track !== undefined) this.selection = advanceSelection(selection, list.length, index + 1)
        const source = this.isSelectorDead ? 'list' : 'plan'
        return this.#commit(handleNextTaken(this.state, track, source, list.length, this.now))
      }
    }
  }
}

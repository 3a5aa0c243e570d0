import type { Command } from '../../shared/player/messages.ts'
import { deadline, handle, nextSeen, nextTaken, resume, tick } from '../../shared/player/playback.ts'
import type { Effect, NextSource, Outcome, PlaybackState } from '../../shared/player/playback-state.ts'
import { PlayerMemory } from '../../shared/player/player-memory.ts'
import { type Taken, UpNext } from '../../shared/player/up-next.ts'
import { defineTargets, Empty, now, ShutDown } from '../../shared/threading/index.ts'
import type { Wires } from './wires.ts'

/** Milliseconds that playback waits for the selector before it goes on without it. */
const selectorPatience = 500

type Need = Extract<Effect, { kind: 'needNext' }>

/** Runs the current song: waits for commands and reports, and carries out what follows from them. */
export function playback(wires: Wires): void {
  const running = new Running(wires)
  running.carryOut((state) => resume(state, now()))
  for (;;) {
    const command = nextCommand(wires, running.deadline)
    if (command === 'shutdown') return
    running.carryOut((state) => (command === undefined ? tick(state, now()) : handle(state, command, now())))
  }
}
defineTargets({ playback })

/** Undefined when the deadline came first. */
function nextCommand({ commands }: Wires, timeout: number | undefined): Command | undefined | 'shutdown' {
  try {
    return commands.get(true, timeout)
  } catch (error) {
    if (error instanceof Empty) return undefined
    if (error instanceof ShutDown) return 'shutdown'
    throw error
  }
}

class Running {
  readonly #wires: Wires
  readonly #memory: PlayerMemory
  readonly #upNext: UpNext
  #state: PlaybackState
  /** Whether `upNext` knows of this thread's state yet. */
  #isTold = false

  constructor(wires: Wires) {
    this.#wires = wires
    this.#memory = new PlayerMemory(wires.playerState)
    this.#upNext = new UpNext(wires.upNext)
    this.#state = this.#memory.readAll()
  }

  /** Milliseconds until the song must be looked at without a command. */
  get deadline(): number | undefined {
    return deadline(this.#state, now())
  }

  /** The state is written before its effects: a fresh thread repeats what this one may not have finished. */
  carryOut(step: (state: PlaybackState) => Outcome): void {
    const before = this.#state
    const { state, effects } = step(before)
    this.#state = state
    this.#memory.write(state)
    this.#tellPlan(before, state)
    for (const effect of effects) this.#perform(effect)
    this.#wires.changed.set()
  }

  #tellPlan(before: PlaybackState, state: PlaybackState): void {
    const isOpen = isCurrent(state)
    if (before.track === state.track && isCurrent(before) === isOpen && this.#isTold) return
    this.#isTold = true
    using _ = this.#upNext.hold()
    this.#upNext.writeCurrent(state.track)
    this.#upNext.open(isOpen)
  }

  #perform(effect: Effect): void {
    switch (effect.kind) {
      case 'audio':
        this.#wires.audio.put(effect.request)
        break
      case 'setPlaying':
        this.#wires.playing.set()
        break
      case 'clearPlaying':
        this.#wires.playing.clear()
        break
      case 'needNext':
        this.#takeNext(effect)
        break
      case 'peekNext':
        this.#peekNext()
        break
      case 'changedMode':
        this.#changePlan(() => this.#upNext.writeModes(effect))
        break
      case 'restartPlan':
        this.#changePlan(() => this.#upNext.begin(0))
        break
    }
  }

  #changePlan(change: () => void): void {
    using _ = this.#upNext.hold()
    change()
  }

  #peekNext(): void {
    const first = this.#firstPlanned()
    this.carryOut((state) => nextSeen(state, first, now()))
  }

  #firstPlanned(): number | undefined {
    using _ = this.#upNext.hold()
    return this.#upNext.firstSong
  }

  #takeNext(need: Need): void {
    const { track, songs, source } = this.#waitForNext(need)
    this.carryOut((state) => nextTaken(state, track, source, songs, now()))
  }

  #waitForNext({ pass }: Need): Taken & { source: NextSource } {
    const upNext = this.#upNext
    using _ = upNext.hold()
    if (pass !== undefined) return { ...this.#passTo(pass.place, pass.track), source: 'plan' }
    const isKnown = upNext.condition.waitFor(() => upNext.hasSong || upNext.isPlanned, selectorPatience)
    return isKnown ? { ...upNext.take(0), source: 'plan' } : { ...upNext.takeUnplanned(), source: 'order' }
  }

  /** The plan may have moved since the user saw it; the song that was asked for counts. */
  #passTo(place: number, track: number): Taken {
    const songs = this.#upNext.order.length
    const isThere = this.#upNext.trackAt(place) === track
    const at = isThere ? place : this.#upNext.placeOf(track)
    return at < 0 ? { track, songs } : this.#upNext.take(at)
  }
}

/** Whether there is a song that others can follow. */
function isCurrent({ transport, need }: PlaybackState): boolean {
  return transport !== 'stopped' || need !== 'none'
}

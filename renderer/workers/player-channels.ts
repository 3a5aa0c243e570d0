import {
  type Cell,
  type Condition,
  Event,
  type Lock,
  Queue,
  RingBuffer,
  type SharedMemory,
  ShutDown,
} from '@skein/threading'
import type { Answer, AudioRequest, Command, CountedPlay, Input } from '../../shared/player/messages.ts'
import { PlayerMemory } from '../../shared/player/player-memory.ts'
import { UpNext } from '../../shared/player/up-next.ts'
import type { DecoderReport, DecoderRequest } from '../../shared/sound/playing/decoder-messages.ts'
import { Segments } from '../../shared/sound/playing/segments.ts'

/** 4 s of sound at 48,000 frames per second. */
const pcmFrames = 192_000

/** The frames in which the sound fades out and in: 5 ms at that rate. */
const pcmRampFrames = 256

/**
 * What connects the player's threads: primitives, and the parts of the two structs. It is the argument of
 * each thread.
 */
export interface PlayerChannels {
  /** What the user did. */
  readonly inputs: Queue<Input>
  /** What `input` sends to the window. */
  readonly answers: Queue<Answer>
  readonly commands: Queue<Command>
  readonly audio: Queue<AudioRequest>
  /** What `main` requests of `decoder`. */
  readonly decoding: Queue<DecoderRequest>
  readonly decoded: Queue<DecoderReport>
  /** The decoded sound. `decoder` writes it, and the audio thread reads it. */
  readonly pcm: RingBuffer
  /** Which song the frames of `pcm` belong to. */
  readonly segments: SharedMemory
  /** The plays that counted, for the host. */
  readonly plays: Queue<CountedPlay>
  /** Set while a song plays or is about to. */
  readonly playing: Event
  /** Set after every change of `playerState` and `upNext`, when their locks are free again. Cleared by main. */
  readonly changed: Event
  /** Set once, by main, when the player ends. */
  readonly shutdown: Event
  readonly playerState: { readonly lock: Lock; readonly block: SharedMemory }
  readonly upNext: { readonly condition: Condition; readonly block: SharedMemory; readonly fill: Cell }
}

/** Creates the player's objects. Call it on main. */
export function createPlayerChannels(): PlayerChannels {
  const { lock, block } = new PlayerMemory()
  const upNext = new UpNext()
  return {
    inputs: new Queue({ name: 'inputs' }),
    answers: new Queue({ name: 'answers' }),
    commands: new Queue({ name: 'commands' }),
    audio: new Queue({ name: 'audio' }),
    decoding: new Queue({ name: 'decoding' }),
    decoded: new Queue({ name: 'decoded' }),
    pcm: new RingBuffer({ name: 'pcm', channels: 2, capacity: pcmFrames, rampFrames: pcmRampFrames }),
    segments: new Segments().block,
    plays: new Queue({ name: 'plays' }),
    playing: new Event({ name: 'playing' }),
    changed: new Event({ name: 'changed' }),
    shutdown: new Event({ name: 'shutdown' }),
    playerState: { lock, block },
    upNext: { condition: upNext.condition, block: upNext.block, fill: upNext.fill },
  }
}

/** Ends the player's threads: their waits end and they find `shutdown` set. */
export function shutDownPlayer(channels: PlayerChannels): void {
  channels.shutdown.set()
  const { inputs, commands, answers, audio, plays, decoding, decoded } = channels
  for (const queue of [inputs, commands, answers, audio, plays, decoding, decoded]) queue.shutdown(true)
  channels.playing.set()
  const { condition } = channels.upNext
  if (!condition.acquire(false)) return
  condition.notifyAll()
  condition.release()
}

/** Runs the loop of a thread. A queue that is shut down, in a get or a put, ends it. */
export function runUntilShutdown(loop: () => void): void {
  try {
    loop()
  } catch (error) {
    if (!(error instanceof ShutDown)) throw error
  }
}

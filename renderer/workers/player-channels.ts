import { type Cell, type Condition, Event, type Lock, Queue, type SharedMemory } from '@skein/threading'
import type { Answer, AudioRequest, Command, Input } from '../../shared/player/messages.ts'
import { PlayerMemory } from '../../shared/player/player-memory.ts'
import { UpNext } from '../../shared/player/up-next.ts'

/** What connects the player's threads: primitives, and the parts of the two structs. The argument of each thread. */
export interface PlayerChannels {
  /** What the user did. */
  readonly inputs: Queue<Input>
  /** What `input` found for the window. */
  readonly answers: Queue<Answer>
  readonly commands: Queue<Command>
  readonly audio: Queue<AudioRequest>
  /** Set while a song sounds or is about to. */
  readonly playing: Event
  /** Set after every change of `playerState` and `upNext`, once their locks are free again; cleared by main. */
  readonly changed: Event
  /** Set once, by main: the player ends. */
  readonly shutdown: Event
  readonly playerState: { readonly lock: Lock; readonly block: SharedMemory }
  readonly upNext: { readonly condition: Condition; readonly block: SharedMemory; readonly fill: Cell }
}

/** Makes the player's objects, on main. */
export function createPlayerChannels(): PlayerChannels {
  const { lock, block } = new PlayerMemory()
  const upNext = new UpNext()
  return {
    inputs: new Queue({ name: 'inputs' }),
    answers: new Queue({ name: 'answers' }),
    commands: new Queue({ name: 'commands' }),
    audio: new Queue({ name: 'audio' }),
    playing: new Event({ name: 'playing' }),
    changed: new Event({ name: 'changed' }),
    shutdown: new Event({ name: 'shutdown' }),
    playerState: { lock, block },
    upNext: { condition: upNext.condition, block: upNext.block, fill: upNext.fill },
  }
}

/** Ends the player's threads: each finds its wait over and `shutdown` set. */
export function shutDownPlayer(wires: PlayerChannels): void {
  wires.shutdown.set()
  for (const queue of [wires.inputs, wires.commands, wires.answers, wires.audio]) queue.shutdown(true)
  wires.playing.set()
  const { condition } = wires.upNext
  if (!condition.acquire(false)) return
  condition.notifyAll()
  condition.release()
}

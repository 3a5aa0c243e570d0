import {
  type Condition,
  defineTargets,
  Empty,
  type Event,
  now,
  type Queue,
  type SharedMemory,
} from '@skein/threading'
import { at } from './support/line-marker.ts'
import { SharedList } from './support/shared-list.ts'

export type Click = 'play' | 'pause' | 'next' | 'quit'

/** A song that was played, and for how many milliseconds. */
export interface PlayedSong {
  readonly song: number
  readonly isWhole: boolean
  readonly time: number
}

/** What the three threads share. `plan` is guarded by `upNext`. */
export interface PlayerObjects {
  readonly inputs: Queue<Click>
  readonly commands: Queue<Click>
  readonly playing: Event
  readonly upNext: Condition
  readonly plan: SharedMemory
  readonly sounded: Queue<PlayedSong>
}

/** Follows the last song in the plan. */
export const endOfPlan = 0

// --- shown
export function runInput({ inputs, commands }: PlayerObjects): void {
  for (let click: Click | undefined; click !== 'quit'; commands.put(click)) {
    at('click')
    click = inputs.get()
  }
}

export function runSelector({ playing, upNext, plan }: PlayerObjects, songs: number, room: number): void {
  for (let song = 1; song <= songs + 1; song++) {
    at('playing')
    playing.wait()
    using _ = upNext.hold()
    at('full')
    while (planList(plan).length === room) upNext.wait()
    at('choose')
    planList(plan).push(song <= songs ? song : endOfPlan)
    upNext.notify()
  }
}

export function runPlayback(player: PlayerObjects, length: number): void {
  let [song, left, isPlaying]: [number | undefined, number, boolean] = [undefined, length, false]
  while (song !== endOfPlan) {
    const since = now()
    at('command')
    const click = getClick(player.commands, isPlaying ? left : undefined)
    if (isPlaying) left -= now() - since
    if (click !== undefined) isPlaying = click !== 'pause'
    at('tell')
    if (isPlaying) player.playing.set()
    else player.playing.clear()
    if (song !== undefined && (click === 'next' || click === undefined)) {
      at('over')
      player.sounded.put({ song, isWhole: click === undefined, time: length - left })
      song = undefined
    }
    if (isPlaying && song === undefined) [song, left] = [takeSong(player), length]
  }
}

function takeSong({ upNext, plan }: PlayerObjects): number {
  using _ = upNext.hold()
  at('empty')
  while (planList(plan).length === 0) upNext.wait()
  at('take')
  upNext.notify()
  return planList(plan).shift()
}
defineTargets({ runInput, runSelector, runPlayback })
// --- end

const planList = (plan: SharedMemory): SharedList => new SharedList(plan)

/** Returns undefined on a timeout: the song is over. */
function getClick(commands: Queue<Click>, timeout: number | undefined): Click | undefined {
  try {
    return commands.get(true, timeout && Math.max(0, timeout))
  } catch (error) {
    if (error instanceof Empty) return undefined
    throw error
  }
}

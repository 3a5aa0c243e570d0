import {
  type Condition,
  defineTargets,
  Empty,
  type Event,
  now,
  type Queue,
  type SharedMemory,
} from '../../../shared/threading/index.ts'
import { at } from '../at.ts'
import { SharedList } from './shared-list.ts'

export type Click = 'play' | 'pause' | 'next' | 'quit'

/** What became of a song, and for how long it sounded, in ms. */
export interface Sounded {
  readonly song: number
  readonly isWhole: boolean
  readonly time: number
}

/** What the three threads share. `plan` is guarded by `upNext`. */
export interface Player {
  readonly inputs: Queue<Click>
  readonly commands: Queue<Click>
  readonly playing: Event
  readonly upNext: Condition
  readonly plan: SharedMemory
  readonly sounded: Queue<Sounded>
}

/** In the plan, behind the last song. */
export const noMore = 0

// --- shown
export function inputOfModel({ inputs, commands }: Player): void {
  for (let click: Click | undefined; click !== 'quit'; commands.put(click)) {
    at('click')
    click = inputs.get()
  }
}

export function selectorOfModel({ playing, upNext, plan }: Player, songs: number, room: number): void {
  for (let song = 1; song <= songs + 1; song++) {
    at('playing')
    playing.wait()
    using _ = upNext.hold()
    at('full')
    while (listIn(plan).length === room) upNext.wait()
    at('choose')
    listIn(plan).push(song <= songs ? song : noMore)
    upNext.notify()
  }
}

export function playbackOfModel(player: Player, length: number): void {
  let [song, left, isPlaying]: [number | undefined, number, boolean] = [undefined, length, false]
  while (song !== noMore) {
    const since = now()
    at('command')
    const click = nextClick(player.commands, isPlaying ? left : undefined)
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

function takeSong({ upNext, plan }: Player): number {
  using _ = upNext.hold()
  at('empty')
  while (listIn(plan).length === 0) upNext.wait()
  at('take')
  upNext.notify()
  return listIn(plan).shift()
}
defineTargets({ inputOfModel, selectorOfModel, playbackOfModel })
// --- end

const listIn = (plan: SharedMemory): SharedList => new SharedList(plan)

/** Undefined when the time was up first: the song is over. */
function nextClick(commands: Queue<Click>, timeout: number | undefined): Click | undefined {
  try {
    return commands.get(true, timeout && Math.max(0, timeout))
  } catch (error) {
    if (error instanceof Empty) return undefined
    throw error
  }
}

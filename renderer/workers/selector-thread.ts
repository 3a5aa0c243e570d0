import { defineTargets } from '@skein/threading'
import {
  beginSelection,
  changeModes,
  Planner,
  planCapacity,
  type Selection,
} from '../../shared/player/selection.ts'
import { type PlanRequest, UpNext } from '../../shared/player/up-next.ts'
import type { PlayerChannels } from './player-channels.ts'

/** Figures out the next songs: keeps the plan in `upNext` full while a song is current. */
export function selector(wires: PlayerChannels): void {
  const upNext = new UpNext(wires.upNext)
  const planning = new PlanBuilder()
  for (;;) {
    wires.playing.wait()
    if (wires.shutdown.isSet()) return
    for (
      let made = fillPlan(wires, upNext, planning);
      made !== undefined;
      made = fillPlan(wires, upNext, planning)
    ) {
      wires.changed.set()
      if (made.hasNewStart) wires.commands.put({ kind: 'planned' })
    }
  }
}
defineTargets({ selector })

/** Waits until the plan is not full any more, and fills it. Undefined when no song is current any more. */
function fillPlan(
  wires: PlayerChannels,
  upNext: UpNext,
  planning: PlanBuilder,
): { hasNewStart: boolean } | undefined {
  using _ = upNext.hold()
  const hasToWait = () => upNext.isOpen && upNext.isPlanned && !wires.shutdown.isSet()
  while (hasToWait()) upNext.condition.wait()
  if (!upNext.isOpen || wires.shutdown.isSet()) return undefined
  const before = upNext.firstSong
  const { selection, tracks } = planning.build(upNext.readRequest(), () => upNext.order)
  upNext.writePlan(selection, tracks)
  return { hasNewStart: upNext.firstSong !== before }
}

/** The selection step by step; keeps the planner of the present order, which holds its shuffles. */
class PlanBuilder {
  #planner = new Planner(new Int32Array(0))
  #order = new Int32Array(0)
  #orderVersion = 0

  build(request: PlanRequest, order: () => Int32Array): { selection: Selection; tracks: Int32Array } {
    if (request.orderVersion !== this.#orderVersion) {
      this.#order = order().slice()
      this.#planner = new Planner(this.#order)
      this.#orderVersion = request.orderVersion
    }
    const selection = this.#nextSelection(request)
    return { selection, tracks: this.#planner.upcoming(selection, planCapacity) }
  }

  #nextSelection({ begin: anew, current, modes, selection }: PlanRequest): Selection {
    const seed = crypto.getRandomValues(new Int32Array(1))[0]!
    return anew === undefined
      ? changeModes(this.#order, selection, current, modes, seed)
      : beginSelection(this.#order, anew.start, modes, seed)
  }
}

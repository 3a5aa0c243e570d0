import { begin, changeModes, Planner, planCapacity, type Selection } from '../../shared/player/selection.ts'
import { type PlanRequest, UpNext } from '../../shared/player/up-next.ts'
import { defineTargets } from '../../shared/threading/index.ts'
import type { Wires } from './wires.ts'

/** Figures out the next songs: keeps the plan in `upNext` full while a song is current. */
export function selector(wires: Wires): void {
  const upNext = new UpNext(wires.upNext)
  const planning = new Planning()
  for (;;) {
    wires.playing.wait()
    if (wires.shutdown.isSet()) return
    for (let made = plan(wires, upNext, planning); made !== undefined; made = plan(wires, upNext, planning)) {
      wires.changed.set()
      if (made.hasNewStart) wires.commands.put({ kind: 'planned' })
    }
  }
}
defineTargets({ selector })

/** Waits until the plan is not full any more, and fills it. Undefined when no song is current any more. */
function plan(wires: Wires, upNext: UpNext, planning: Planning): { hasNewStart: boolean } | undefined {
  using _ = upNext.hold()
  const hasToWait = () => upNext.isOpen && upNext.isPlanned && !wires.shutdown.isSet()
  while (hasToWait()) upNext.condition.wait()
  if (!upNext.isOpen || wires.shutdown.isSet()) return undefined
  const before = upNext.firstSong
  const { selection, tracks } = planning.plan(upNext.readRequest(), () => upNext.order)
  upNext.writePlan(selection, tracks)
  return { hasNewStart: upNext.firstSong !== before }
}

/** The selection step by step; keeps the planner of the present order, which holds its shuffles. */
class Planning {
  #planner = new Planner(new Int32Array(0))
  #order = new Int32Array(0)
  #orderVersion = 0

  plan(request: PlanRequest, order: () => Int32Array): { selection: Selection; tracks: Int32Array } {
    if (request.orderVersion !== this.#orderVersion) {
      this.#order = order().slice()
      this.#planner = new Planner(this.#order)
      this.#orderVersion = request.orderVersion
    }
    const selection = this.#select(request)
    return { selection, tracks: this.#planner.upcoming(selection, planCapacity) }
  }

  #select({ begin: anew, current, modes, selection }: PlanRequest): Selection {
    const seed = crypto.getRandomValues(new Int32Array(1))[0]!
    return anew === undefined
      ? changeModes(this.#order, selection, current, modes, seed)
      : begin(this.#order, anew.start, modes, seed)
  }
}

import { defineTargets } from '@skein/threading'
import {
  beginSelection,
  changeModes,
  Planner,
  planCapacity,
  type Selection,
} from '../../shared/player/selection.ts'
import { type PlanRequest, UpNext } from '../../shared/player/up-next.ts'
import { type PlayerChannels, runUntilShutdown } from './player-channels.ts'

/** The thread `selector`: plans the next songs. Keeps the plan in `upNext` full while a song is current. */
export function selector(channels: PlayerChannels): void {
  const upNext = new UpNext(channels.upNext)
  const builder = new PlanBuilder()
  runUntilShutdown(() => {
    for (;;) {
      channels.playing.wait()
      if (channels.shutdown.isSet()) return
      for (
        let plan = fillPlan(channels, upNext, builder);
        plan !== undefined;
        plan = fillPlan(channels, upNext, builder)
      ) {
        channels.changed.set()
        if (plan.hasNewStart) channels.commands.put({ kind: 'planChanged' })
      }
    }
  })
}
defineTargets({ selector })

/** Waits until the plan is not full, then fills it. Returns undefined if no song is current any more. */
function fillPlan(
  channels: PlayerChannels,
  upNext: UpNext,
  builder: PlanBuilder,
): { hasNewStart: boolean } | undefined {
  using _ = upNext.hold()
  const mustWait = () => upNext.isActive && upNext.isPlanned && !channels.shutdown.isSet()
  while (mustWait()) upNext.condition.wait()
  if (!upNext.isActive || channels.shutdown.isSet()) return undefined
  const before = upNext.firstSong
  const { selection, tracks } = builder.build(upNext.readRequest(), () => upNext.list)
  upNext.writePlan(selection, tracks)
  return { hasNewStart: upNext.firstSong !== before }
}

/** Builds the plan. Caches the planner of the present list, which caches its shuffles. */
class PlanBuilder {
  #planner = new Planner(new Int32Array(0))
  #list = new Int32Array(0)
  #listVersion = 0

  build(request: PlanRequest, list: () => Int32Array): { selection: Selection; tracks: Int32Array } {
    if (request.listVersion !== this.#listVersion) {
      this.#list = list().slice()
      this.#planner = new Planner(this.#list)
      this.#listVersion = request.listVersion
    }
    const selection = this.#nextSelection(request)
    return { selection, tracks: this.#planner.upcoming(selection, planCapacity) }
  }

  #nextSelection({ begin, current, modes, selection }: PlanRequest): Selection {
    const seed = crypto.getRandomValues(new Int32Array(1))[0]!
    return begin === undefined
      ? changeModes(this.#list, selection, current, modes, seed)
      : beginSelection(this.#list, begin.start, modes, seed)
  }
}

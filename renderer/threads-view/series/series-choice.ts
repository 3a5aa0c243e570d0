import { kindDescriptions } from '../model/object-kinds/object-kinds.ts'
import type { ProcessModel } from '../model/process-model.ts'
import type { ObjectKey, ProcessGroup } from '../model/threads-model.ts'
import { findProcess, type Scene } from '../model/threads-model.ts'

/** The number of series if the user chose none. */
const defaultSeriesCount = 3

export const objectKey = ({ process, id }: ObjectKey): string => `${process} ${id}`

/** Returns the objects whose value can be drawn, in the sequence of the table. */
export function drawableObjects(scene: Scene, groups: readonly ProcessGroup[]): readonly ObjectKey[] {
  return groups.flatMap(({ objects }) => objects).filter((key) => seriesOf(scene, key) !== undefined)
}

export const seriesOf = (scene: Scene, { process, id }: ObjectKey) =>
  findProcess(scene, process)?.activity.series(id)

/**
 * Returns the objects that changed most often, in the sequence of the table. A shown object is replaced only by one that
 * changed twice as often, so that lines do not come and go.
 */
export function pickMostChanged(
  scene: Scene,
  groups: readonly ProcessGroup[],
  shown: ReadonlySet<string>,
): readonly ObjectKey[] {
  const objects = drawableObjects(scene, groups)
  const weight = (key: ObjectKey): number => {
    const series = seriesOf(scene, key)
    const changes = series ? series.end - series.first : 0
    return (
      changes * (shown.has(objectKey(key)) ? 2 : 1) * seriesWeightOf(findProcess(scene, key.process), key.id)
    )
  }
  const best = new Set(
    objects
      .map((key) => ({ key, weight: weight(key) }))
      .sort((a, b) => b.weight - a.weight)
      .slice(0, defaultSeriesCount)
      .map(({ key }) => objectKey(key)),
  )
  return objects.filter((key) => best.has(objectKey(key)))
}

function seriesWeightOf(process: ProcessModel | undefined, id: number): number {
  const kind = process?.activity.kindOf(id)
  return (kind && kindDescriptions[kind].series?.weight) ?? 1
}

import { laneHeight } from './lane-painter.ts'
import type { ProcessGroup, ThreadKey } from './threads-model.ts'

/** Height of a process's heading above its threads, in CSS pixels. */
export const headingHeight = 24

export interface LanePlace {
  readonly key: ThreadKey
  /** Distance from the top of the first heading, in CSS pixels. */
  readonly top: number
}

/** Where each thread's line stands, so that lanes and rows agree. */
export function placeLanes(groups: readonly ProcessGroup[]): readonly LanePlace[] {
  const places: LanePlace[] = []
  let top = 0
  for (const group of groups) {
    top += headingHeight
    for (const key of group.threads) {
      places.push({ key, top })
      top += laneHeight
    }
  }
  return places
}

export function lanesHeight(groups: readonly ProcessGroup[]): number {
  return groups.reduce((height, group) => height + headingHeight + group.threads.length * laneHeight, 0)
}

/** The place under a point, by its distance from the top. */
export const placeAt = (places: readonly LanePlace[], y: number): LanePlace | undefined =>
  places.find(({ top }) => y >= top && y < top + laneHeight)

import type { ProcessGroup, ThreadKey } from '../model/threads-model.ts'
import { laneHeight } from './lane-painter.ts'

/** Height of a process's heading above its threads, in CSS pixels. */
export const headingHeight = 24

export interface LanePosition {
  readonly key: ThreadKey
  /** Distance from the top of the first heading, in CSS pixels. */
  readonly top: number
}

/** Where each thread's line stands, so that lanes and rows agree. */
export function layOutLanes(groups: readonly ProcessGroup[]): readonly LanePosition[] {
  const places: LanePosition[] = []
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
export const laneAt = (places: readonly LanePosition[], y: number): LanePosition | undefined =>
  places.find(({ top }) => y >= top && y < top + laneHeight)

import type { ProcessGroup, ThreadKey } from '../model/threads-model.ts'
import { laneHeight } from './lane-painter.ts'

/** Height of a process's heading above its threads, in CSS pixels. */
export const headingHeight = 24

export interface LanePosition {
  readonly key: ThreadKey
  /** Distance from the top of the first heading, in CSS pixels. */
  readonly top: number
}

/** Returns the position of each thread's lane, the same as that of its row. */
export function layOutLanes(groups: readonly ProcessGroup[]): readonly LanePosition[] {
  const positions: LanePosition[] = []
  let top = 0
  for (const group of groups) {
    top += headingHeight
    for (const key of group.threads) {
      positions.push({ key, top })
      top += laneHeight
    }
  }
  return positions
}

export function lanesHeight(groups: readonly ProcessGroup[]): number {
  return groups.reduce((height, group) => height + headingHeight + group.threads.length * laneHeight, 0)
}

/** Returns the lane at a distance from the top. */
export const laneAt = (positions: readonly LanePosition[], y: number): LanePosition | undefined =>
  positions.find(({ top }) => y >= top && y < top + laneHeight)

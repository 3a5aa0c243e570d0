import { expect, test } from 'vitest'
import {
  headingHeight,
  laneAt,
  lanesHeight,
  layOutLanes,
} from '../../../../renderer/threads-view/timeline/lane-layout.ts'
import { laneHeight } from '../../../../renderer/threads-view/timeline/lane-painter.ts'

const group = (process: string, ...names: string[]) => ({
  process,
  threads: names.map((name, index) => ({ process, id: index + 1, name })),
  objects: [],
})
const groups = [group('player', 'main', 'input'), group('host', 'main')]

test('lanes are below the heading of their process, one under the other', () => {
  expect(layOutLanes(groups).map(({ top }) => top)).toEqual([
    headingHeight,
    headingHeight + laneHeight,
    2 * headingHeight + 2 * laneHeight,
  ])
  expect(lanesHeight(groups)).toBe(2 * headingHeight + 3 * laneHeight)
})

test('a point belongs to its lane, and to none on a heading', () => {
  const positions = layOutLanes(groups)
  expect(laneAt(positions, headingHeight - 1)).toBeUndefined()
  expect(laneAt(positions, headingHeight)?.key.name).toBe('main')
  expect(laneAt(positions, headingHeight + laneHeight)?.key.name).toBe('input')
  expect(laneAt(positions, lanesHeight(groups) - 1)?.key.process).toBe('host')
})

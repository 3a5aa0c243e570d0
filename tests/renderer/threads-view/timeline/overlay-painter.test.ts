import { type OperationEvent, operationFailed, type WakeEvent } from '@skein/threading/inspect'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ActivityLog } from '../../../../renderer/threads-view/model/activity-log.ts'
import { allWaitSigns } from '../../../../renderer/threads-view/model/object-kinds/object-kinds.ts'
import { ThreadHistory } from '../../../../renderer/threads-view/model/thread-history.ts'
import { markGlyphs, waitSignOf } from '../../../../renderer/threads-view/timeline/glyphs.ts'
import type { Lane } from '../../../../renderer/threads-view/timeline/lane-painter.ts'
import { OverlayPainter } from '../../../../renderer/threads-view/timeline/overlay-painter.ts'
import { event, object, process, thread } from '../fixtures/view-builders.ts'

const start = 1_795_000_000_000
const columns = 500
const palette = {
  mark: 'mark',
  wake: 'wake',
  ground: 'ground',
  blocked: 'blocked',
  waiting: 'waiting',
  timed: 'timed',
  held: 'held',
}

/** A canvas that records which shapes are filled in which colour, and the ends of all lines. */
class Drawing {
  readonly style = {}
  width = 0
  height = 0
  shapes: { shape: string; colour: string }[] = []
  lines: { from: number; to: number }[] = []
  #from = 0
  #to = 0
  readonly context = {
    fillStyle: '',
    setTransform: () => {},
    clearRect: () => {
      this.shapes = []
      this.lines = []
    },
    drawImage: () => {},
    fillRect: () => {},
    save: () => {},
    restore: () => {},
    translate: () => {},
    scale: () => {},
    beginPath: () => {},
    moveTo: (_x: number, y: number) => {
      this.#from = y
    },
    lineTo: (_x: number, y: number) => {
      this.#to = y
    },
    stroke: () => this.lines.push({ from: this.#from, to: this.#to }),
    fill: (path?: { shape: string }) => {
      if (path) this.shapes.push({ shape: path.shape, colour: this.context.fillStyle })
    },
  }

  getContext() {
    return this.context
  }
}

beforeAll(() =>
  vi.stubGlobal(
    'Path2D',
    class {
      readonly shape: string
      constructor(shape: string) {
        this.shape = shape
      }
    },
  ),
)
afterAll(() => vi.unstubAllGlobals())

const act = (at: number, rest: Partial<OperationEvent> = {}): OperationEvent => ({
  thread: 1,
  sequence: at,
  at: start + at,
  object: 70,
  act: 'put',
  value: 1,
  holding: 0,
  ...rest,
})
const wake = (at: number): WakeEvent => ({
  thread: 1,
  sequence: at,
  at: start + at,
  woken: 2,
  object: 70,
  through: 'put',
})

/** Two lanes: `input` (thread 1) above `playback` (thread 2), over one second in steps of 2 ms. */
function lanesWith(acts: readonly OperationEvent[], wakes: readonly WakeEvent[] = []) {
  const drawing = new Drawing()
  const painter = new OverlayPainter(drawing as unknown as HTMLCanvasElement, palette)
  painter.resize(columns, 56, 1)
  const activity = new ActivityLog()
  const threads = [thread(1, 'input'), thread(2, 'playback')]
  activity.accept(
    process(start, {
      threads,
      objects: [object(70, 'Queue', { depth: 0 })],
      operations: [...acts],
      wakes: [...wakes],
    }),
  )
  const histories = [new ThreadHistory(), new ThreadHistory()]
  const lanes = histories.map(
    (history, index): Lane => ({
      thread: index + 1,
      history,
      activity,
      matches: undefined,
      top: index * 28,
    }),
  )
  painter.setLanes(lanes)
  return { drawing, painter, activity, histories }
}

const marksOf = ({ shapes }: Drawing): string[] =>
  shapes.filter(({ colour }) => colour === 'mark').map(({ shape }) => shape)

describe('marks', () => {
  test('have the shape of the operation, and another one without success', () => {
    const { drawing, painter } = lanesWith([
      act(100),
      act(300, { act: 'set' }),
      act(500, { act: 'get', value: operationFailed }),
    ])
    painter.paint(start + 1_000, 1_000, start + 1_000, false)
    expect(marksOf(drawing)).toEqual([markGlyphs.put, markGlyphs.set, markGlyphs.failed])
  })

  test('that overlap are thinned, and the rest is counted', () => {
    const { drawing, painter } = lanesWith(Array.from({ length: 400 }, (_, n) => act(n + 1)))
    painter.paint(start + 1_000, 1_000, start + 1_000, false)
    const { marks } = painter.countDrawn()
    expect(marks.total).toBe(400)
    // 400 ms are 200 pixels; a mark needs nine.
    expect(marks.drawn).toBeGreaterThanOrEqual(20)
    expect(marks.drawn).toBeLessThanOrEqual(24)
    expect(marksOf(drawing)).toHaveLength(marks.drawn)
  })

  test('are counted as long as the moving picture shows them', () => {
    // 300 to 699 ms: the first picture shows all of them, the second those from 500 ms on.
    const { painter } = lanesWith(Array.from({ length: 400 }, (_, n) => act(n + 300)))
    painter.paint(start + 1_000, 1_000, start + 1_000, true)
    expect(painter.countDrawn().marks.total).toBe(400)
    painter.paint(start + 1_500, 1_000, start + 1_500, true)
    const { drawn, total } = painter.countDrawn().marks
    // A slot is nine columns of 2 ms: the oldest may be half outside.
    expect(total).toBeGreaterThanOrEqual(200)
    expect(total).toBeLessThan(200 + 18)
    expect(drawn).toBeGreaterThanOrEqual(200 / 18)
    expect(drawn).toBeLessThanOrEqual(13)
  })

  test('appear in the frame of their operation, and earlier ones stay', () => {
    const { drawing, painter, activity } = lanesWith([act(100)])
    painter.paint(start + 200, 1_000, start + 200, true)
    expect(marksOf(drawing)).toHaveLength(1)
    activity.accept(process(start + 400, { operations: [act(390, { act: 'notify' })] }))
    painter.paint(start + 400, 1_000, start + 400, true)
    expect(marksOf(drawing)).toEqual([markGlyphs.put, markGlyphs.notify])
  })
})

describe('wakes', () => {
  test('are arrows from the waker’s lane to that of the woken thread', () => {
    const { drawing, painter } = lanesWith([], [wake(100), wake(600)])
    painter.paint(start + 1_000, 1_000, start + 1_000, false)
    expect(drawing.lines).toHaveLength(2)
    expect(drawing.lines.every(({ from, to }) => from < 28 && to > 28)).toBe(true)
  })

  test('are thinned, and the rest is counted', () => {
    const { drawing, painter } = lanesWith(
      [],
      Array.from({ length: 300 }, (_, n) => wake(n + 11)),
    )
    painter.paint(start + 1_000, 1_000, start + 1_000, false)
    expect(painter.countDrawn().arrows.total).toBe(300)
    expect(drawing.lines).toHaveLength(painter.countDrawn().arrows.drawn)
    expect(drawing.lines.length).toBeLessThan(30)
  })
})

test('a wait has the glyph of its kind if it is wide enough', () => {
  const { drawing, painter, histories } = lanesWith([])
  histories[0]?.record(event(1, start + 100, 'Waiting', { object: 70, operation: 'get' }))
  histories[0]?.record(event(2, start + 110, 'Runnable', { object: 70 }))
  histories[1]?.record(event(1, start + 600, 'Timed waiting', { thread: 2, object: 70, operation: 'get' }))
  painter.paint(start + 1_000, 1_000, start + 1_000, false)
  const kinds = drawing.shapes.filter(({ colour }) => colour !== 'mark')
  expect(kinds.length).toBeGreaterThanOrEqual(1)
  expect(new Set(kinds.map(({ shape }) => shape))).toEqual(new Set([waitSignOf('Queue', 'get').shape]))
  expect(new Set(kinds.map(({ colour }) => colour))).toEqual(new Set(['timed']))
})

test('every sign of a wait and every mark of an operation has a shape of its own', () => {
  const signs = allWaitSigns()
  expect(new Set(signs.map(({ shape }) => shape)).size).toBe(signs.length)
  expect(new Set(signs.map(({ text }) => text())).size).toBe(signs.length)
  expect(new Set(Object.values(markGlyphs)).size).toBe(Object.keys(markGlyphs).length)
})

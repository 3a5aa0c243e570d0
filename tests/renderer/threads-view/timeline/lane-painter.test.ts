import { Event, Queue } from '@skein/threading'
import type { ThreadState } from '@skein/threading/inspect'
import { Inspector } from '@skein/threading/inspect'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ActivityLog } from '../../../../renderer/threads-view/model/activity-log.ts'
import { ThreadHistory } from '../../../../renderer/threads-view/model/thread-history.ts'
import { ThreadsModel } from '../../../../renderer/threads-view/model/threads-model.ts'
import { type Lane, LanePainter } from '../../../../renderer/threads-view/timeline/lane-painter.ts'
import { inProcess, run, until } from '../../../threading/test-process.ts'
import { waitForEvent } from '../../../threading/test-targets.ts'
import { PixelCanvas } from '../fixtures/pixel-canvas.ts'
import { event, process, thread } from '../fixtures/view-builders.ts'

inProcess()

const palette = {
  running: 'running',
  blocked: 'blocked',
  waiting: 'waiting',
  timed: 'timed',
  quiet: 'quiet',
  ended: 'ended',
  wake: 'wake',
  held: 'held',
}
const columns = 100
const height = 28
/** The milliseconds of a column in the picture of a real thread, and of a frame. */
const columnLength = 5
const frame = 1000 / 60
const clock = (): number => performance.timeOrigin + performance.now()
/** The heights of lines, bars and hatching in a lane. */
const [lineAt, barAt] = [14, 12]

function painterOn(canvas: PixelCanvas): LanePainter {
  const painter = new LanePainter(canvas.element, palette)
  painter.resize(columns, height, 1)
  return painter
}

const laneOf = (history: ThreadHistory, activity = new ActivityLog(), matches?: Lane['matches']): Lane => ({
  thread: 1,
  history,
  activity,
  matches,
  top: 0,
})

describe('a real thread that waits', () => {
  test('for 200 ms appears in the next frame, with its duration', async () => {
    const model = new ThreadsModel(['test'])
    const inspector = new Inspector()
    const canvas = new PixelCanvas()
    const painter = painterOn(canvas)
    const [event, replies] = [new Event({ name: 'go' }), new Queue<boolean>()]
    const waiter = run(waitForEvent, [event, replies], 'waiter')
    const id = waiter.ident ?? 0
    const stateOf = () => inspector.sample().threads.find((view) => view.id === id)
    /** Paints the last half second, like the panel's loop. */
    const paint = (): void => {
      model.accept(eye.sample())
      const scene = model.scene()
      const history = scene.processes[0]?.history(id)
      if (history && lanes.length === 0) lanes = [laneOf(history)]
      painter.setLanes(lanes)
      painter.paint(scene.at, columns * columnLength, scene.at, true)
    }
    const eye = new Inspector()
    let lanes: Lane[] = []

    await until(() => stateOf()?.state === 'Waiting')
    const since = stateOf()?.since ?? 0
    await until(() => clock() >= since + frame)
    paint()
    expect(canvas.row(lineAt, columns).at(-1)).toBe('waiting')

    await until(() => clock() >= since + 200)
    event.set()
    await until(() => replies.qsize() === 1)
    paint()
    const shown = canvas.row(lineAt, columns).filter((colour) => colour === 'waiting').length
    const history = model.scene().processes[0]?.history(id)
    const waited = history ? lengthOfWait(history) : 0
    expect(waited).toBeGreaterThanOrEqual(200)
    expect(Math.abs(shown * columnLength - waited)).toBeLessThanOrEqual(2 * columnLength)
    await waiter.joinAsync()
  })
})

/** Returns the duration of the first wait in a history. */
function lengthOfWait(history: ThreadHistory): number {
  for (let segment = history.first; segment < history.end; segment++) {
    if (history.state(segment) === 3)
      return history.endTime(segment, Number.POSITIVE_INFINITY) - history.start(segment)
  }
  return 0
}

test('scrolling step by step gives the same picture as one paint', () => {
  const states: ThreadState[] = ['Runnable', 'Blocked', 'Waiting', 'Timed waiting']
  const change = fc.record({
    after: fc.double({ min: 0.1, max: 90, noNaN: true }),
    state: fc.constantFrom(...states),
  })
  const start = 1_795_000_000_000
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 60 }), (changes) => {
      const history = new ThreadHistory()
      const [moved, once] = [new PixelCanvas(), new PixelCanvas()]
      const [moving, complete] = [painterOn(moved), painterOn(once)]
      const lanes = [laneOf(history)]
      moving.setLanes(lanes)
      let at = start
      changes.forEach(({ after, state }, index) => {
        at += after
        history.record(event(index + 1, at, state))
        moving.paint(at, 1_000, at, true)
      })
      complete.setLanes(lanes)
      complete.paint(at, 1_000, at, true)
      for (const y of [lineAt, barAt])
        expect(moved.row(y, columns).map(nameOf)).toEqual(once.row(y, columns).map(nameOf))
    }),
    { numRuns: 60 },
  )
})

/** Returns a colour without its opacity, which depends slightly on the precision of times. */
const nameOf = (colour: string): string => colour.split(' ')[0] ?? ''

describe('a frozen picture', () => {
  const history = new ThreadHistory()
  const start = 1_795_000_000_000
  history.record(event(1, start, 'Waiting'))
  history.record(event(2, start + 500, 'Blocked'))
  history.record(event(3, start + 500.4, 'Runnable'))

  test('can be zoomed to the microsecond', () => {
    const canvas = new PixelCanvas()
    const painter = painterOn(canvas)
    painter.setLanes([laneOf(history)])
    painter.paint(start + 500.7, 1, start + 1_000, false)
    const row = canvas.row(barAt, columns)
    // From 499.7 to 500.7: a hundredth of a millisecond per column.
    const bars = [11, 12, 13, 14].map((y) => canvas.row(y, columns))
    const blocked = row.filter((_, x) => bars.some((bar) => nameOf(bar[x] ?? '') === 'blocked')).length
    expect(Math.abs(blocked - 40)).toBeLessThanOrEqual(2)
    expect(canvas.row(lineAt, columns)[10]).toBe('waiting')
    expect(row.at(-5)).toBe('running')
  })

  test('is painted again only after a change', () => {
    const canvas = new PixelCanvas()
    const painter = painterOn(canvas)
    painter.setLanes([laneOf(history)])
    painter.paint(start + 500, 1_000, start + 1_000, false)
    canvas.set(5, 5, 'a mark that drawing would remove')
    painter.paint(start + 500, 1_000, start + 1_000, false)
    expect(canvas.row(5, columns)).toContain('a mark that drawing would remove')
    painter.paint(start + 400, 1_000, start + 1_000, false)
    expect(canvas.row(5, columns)).not.toContain('a mark that drawing would remove')
  })
})

test('segments that do not match the filter are dimmed', () => {
  const history = new ThreadHistory()
  const start = 1_795_000_000_000
  history.record(event(1, start, 'Waiting'))
  history.record(event(2, start + 500, 'Timed waiting'))
  const canvas = new PixelCanvas()
  const painter = painterOn(canvas)
  painter.setLanes([laneOf(history, new ActivityLog(), (_, segment) => segment === 0)])
  painter.paint(start + 1_000, 1_000, start + 1_000, false)
  const row = canvas.row(lineAt, columns)
  expect(row[20]).toBe('waiting')
  expect(row.some((colour) => /^timed 0\.\d+$/.test(colour))).toBe(true)
  expect(row).not.toContain('timed')
})

test('a paused thread looks different from a running one', () => {
  const history = new ThreadHistory()
  const activity = new ActivityLog()
  const start = 1_795_000_000_000
  history.record(event(1, start, 'Runnable'))
  const gate = { object: 70, act: 'get' } as const
  activity.accept(process(start + 500, { threads: [thread(1, 'a', { control: 'paused', gate })] }))
  const canvas = new PixelCanvas()
  const painter = painterOn(canvas)
  painter.setLanes([laneOf(history, activity)])
  painter.paint(start + 1_000, 1_000, start + 1_000, false)
  expect(canvas.row(11, columns)[20]).toBe('running')
  expect(canvas.row(11, columns)[80]).toBe('held')
  expect(
    canvas
      .row(14, columns)
      .slice(60)
      .filter((colour) => colour === 'held').length,
  ).toBeLessThan(30)
})

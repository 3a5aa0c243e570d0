import { describe, expect, test, vi } from 'vitest'
import { ThreadsModel } from '../../../../renderer/threads-view/model/threads-model.ts'
import { defaultSpan, Timeline } from '../../../../renderer/threads-view/timeline/timeline.ts'
import { process, thread } from '../fixtures/view-builders.ts'

const start = 1_795_000_000_000

/** Returns a timeline whose present is `start`, and a function that advances the time. */
function timelineAt() {
  const model = new ThreadsModel(['player'])
  const pass = (ms: number) => model.accept(process(start + ms, { threads: [thread(1, 'main')] }))
  pass(0)
  return { model, pass, timeline: new Timeline(model) }
}

describe('while following', () => {
  test('the range ends now', () => {
    const { timeline, pass } = timelineAt()
    expect(timeline.extent()).toEqual({ from: start - defaultSpan, to: start })
    pass(500)
    expect(timeline.extent().to).toBe(start + 500)
  })

  test('choosing a span continues following', () => {
    const { timeline, pass } = timelineAt()
    timeline.setSpan(2_000)
    pass(500)
    expect(timeline.extent()).toEqual({ from: start - 1_500, to: start + 500 })
    expect(timeline.isFrozen).toBe(false)
  })

  test('zooming without a pointer keeps the present visible and continues following', () => {
    const { timeline } = timelineAt()
    timeline.zoom(0.5)
    timeline.zoom(0.5)
    expect(timeline.extent().to).toBe(start)
    expect(timeline.state().span).toBeCloseTo(defaultSpan / 4)
    expect(timeline.isFrozen).toBe(false)
  })

  test('zooming around an earlier moment freezes', () => {
    const { timeline } = timelineAt()
    timeline.zoom(0.5, start - 8_000)
    expect(timeline.isFrozen).toBe(true)
    expect(timeline.extent().to).toBeCloseTo(start - 4_000)
  })

  test('panning to the past freezes, and to the future has no effect', () => {
    const { timeline } = timelineAt()
    timeline.pan(1_000)
    expect(timeline.isFrozen).toBe(false)
    timeline.pan(-1_000)
    expect(timeline.isFrozen).toBe(true)
    expect(timeline.extent()).toEqual({ from: start - 11_000, to: start - 1_000 })
  })
})

describe('while frozen', () => {
  test('the passing time does not change the range', () => {
    const { timeline, pass } = timelineAt()
    timeline.pan(-1_000)
    const before = timeline.extent()
    pass(5_000)
    expect(timeline.extent()).toEqual(before)
  })

  test('End shows the frozen moment, Home the oldest one', () => {
    const { timeline } = timelineAt()
    timeline.pan(-1_000)
    timeline.toNewest()
    expect(timeline.extent().to).toBe(start)
    expect(timeline.isFrozen).toBe(true)
    timeline.toOldest()
    expect(timeline.extent().from).toBe(start - 60_000)
  })

  test('following shows the present again, with the same span', () => {
    const { timeline, pass } = timelineAt()
    timeline.setSpan(2_000)
    timeline.pan(-10_000)
    pass(5_000)
    timeline.follow()
    expect(timeline.extent()).toEqual({ from: start + 3_000, to: start + 5_000 })
  })

  test('a moment outside the range is shown by the shortest move', () => {
    const { timeline } = timelineAt()
    timeline.pan(-20_000)
    timeline.reveal(start - 25_000)
    expect(timeline.extent().to).toBe(start - 20_000)
    timeline.reveal(start - 35_000)
    expect(timeline.extent().from).toBeCloseTo(start - 36_000)
  })
})

test('listeners are called after every change', () => {
  const { timeline } = timelineAt()
  const listener = vi.fn()
  const end = timeline.subscribe(listener)
  timeline.zoom(0.5)
  timeline.pan(-10)
  expect(listener).toHaveBeenCalledTimes(2)
  end()
  timeline.zoom(0.5)
  expect(listener).toHaveBeenCalledTimes(2)
})

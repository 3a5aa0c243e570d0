import type { ProcessView } from '@skein/threading/inspect'
import { createContext, useContext, useEffect, useLayoutEffect, useMemo } from 'react'
import type { Scene, ThreadsModel } from '../model/threads-model.ts'

/**
 * Brings one part of the panel up to date. Called at display rate: it touches only what changed. A part that
 * moves without anything happening answers how often, in ms between two moves.
 */
export type Paint = (scene: Scene) => number | undefined

/** What is painted outside React, frame by frame. */
export class PaintScheduler {
  readonly #model: ThreadsModel
  readonly #painters = new Set<Paint>()

  constructor(model: ThreadsModel) {
    this.#model = model
  }

  /** Paints a part now and from now on. The answer ends it. */
  add(part: Paint): () => void {
    this.#painters.add(part)
    part(this.#model.scene())
    return () => this.#painters.delete(part)
  }

  /** Answers how often the fastest part moves, in ms; Infinity when none does. */
  paint(): number {
    const scene = this.#model.scene()
    let fastest = Number.POSITIVE_INFINITY
    for (const part of this.#painters) fastest = Math.min(fastest, part(scene) ?? fastest)
    return fastest
  }
}

export const PaintSchedulerContext = createContext<PaintScheduler | undefined>(undefined)

/** Paints a part as long as its component is mounted; `paint` is made anew only when it should start over. */
export function usePaint(paint: Paint): void {
  const frames = useContext(PaintSchedulerContext)
  useLayoutEffect(() => frames?.add(paint), [frames, paint])
}

/** For so long after threads were busy, in ms, every frame looks and paints: what happens next is in the frame after it. */
const busyDuration = 250

/** So many acts in one look are busy threads; fewer, without a change of state, are a clock that is read now and then. */
const minBusyOperations = 8

/** Milliseconds between two looks while nothing happens: a look costs little, and what happens is seen as soon. */
const sampleInterval = 1000 / 60

/** Milliseconds between two pictures while nothing happens, at the least: a picture costs far more than a look. */
const quietPaintInterval = 250

/** Under reduced motion the picture steps this often, in ms. */
const reducedMotionInterval = 250

/**
 * The panel's one loop: looks at the window's memory and paints, while the page is visible. It asks for
 * animation frames only while something happens and for a picture that moves about as often as they come: a frame
 * costs more than a look.
 */
export function usePaintScheduler(model: ThreadsModel, look: () => ProcessView): PaintScheduler {
  const frames = useMemo(() => new PaintScheduler(model), [model])
  useEffect(() => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)')
    let request = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    let busyAt = Number.NEGATIVE_INFINITY
    let isNews = false
    let moves = Number.POSITIVE_INFINITY
    let dueAt = 0
    const endNews = model.onView(({ events, operations: acts }) => {
      if (events.length > 0 || acts.length > 0) isNews = true
      if (events.length > 0 || acts.length >= minBusyOperations) busyAt = performance.now()
    })
    const step = (): void => {
      const begin = performance.now()
      if (document.visibilityState === 'visible') {
        model.accept(look())
        if (isNews || begin >= dueAt || begin - busyAt < busyDuration) {
          isNews = false
          moves = frames.paint()
          dueAt = begin + timeUntilNextPaint(moves)
        }
        const end = performance.now()
        model.cost.add(end, end - begin)
      }
      if (calm.matches) timer = setTimeout(step, reducedMotionInterval)
      else if (begin - busyAt < busyDuration) request = requestAnimationFrame(step)
      else timer = setTimeout(step, Math.min(sampleInterval, Math.max(1, dueAt - performance.now())))
    }
    step()
    return () => {
      clearTimeout(timer)
      cancelAnimationFrame(request)
      endNews()
    }
  }, [model, look, frames])
  return frames
}

/** Milliseconds until the next picture of what moves every `moves` ms, counted from 1970: it goes in even steps. */
function timeUntilNextPaint(moves: number): number {
  if (moves > quietPaintInterval) return quietPaintInterval
  const every = moves * Math.ceil(quietPaintInterval / moves)
  const now = performance.timeOrigin + performance.now()
  return every - (now % every)
}

import type { ProcessView } from '@skein/threading/inspect'
import { createContext, useContext, useEffect, useLayoutEffect, useMemo } from 'react'
import type { Scene, ThreadsModel } from '../model/threads-model.ts'

/**
 * Updates one part of the panel. It changes only what differs from the last call. A part that moves although nothing
 * happens returns the milliseconds in which it moves by one pixel.
 */
export type Paint = (scene: Scene) => number | undefined

/** Paints the parts of the panel outside React. */
export class PaintScheduler {
  readonly #model: ThreadsModel
  readonly #painters = new Set<Paint>()
  #isRequested = false

  constructor(model: ThreadsModel) {
    this.#model = model
  }

  /** Paints a part now and from now on, until the returned function is called. */
  add(part: Paint): () => void {
    this.#painters.add(part)
    part(this.#model.scene())
    return () => this.#painters.delete(part)
  }

  /** Has the next sample be followed by a picture, also if nothing happened. */
  request(): void {
    this.#isRequested = true
  }

  get isRequested(): boolean {
    return this.#isRequested
  }

  /** Returns the milliseconds in which the fastest part moves by one pixel; Infinity if none moves. */
  paint(): number {
    this.#isRequested = false
    const scene = this.#model.scene()
    let fastest = Number.POSITIVE_INFINITY
    for (const part of this.#painters) fastest = Math.min(fastest, part(scene) ?? fastest)
    return fastest
  }
}

export const PaintSchedulerContext = createContext<PaintScheduler | undefined>(undefined)

/** Paints a part as long as its component is mounted. Another `paint` starts over. */
export function usePaint(paint: Paint): void {
  const scheduler = useContext(PaintSchedulerContext)
  useLayoutEffect(() => scheduler?.add(paint), [scheduler, paint])
}

/** For this long after threads were busy, every frame is sampled and painted: the next event is in the frame after it. */
const busyDuration = 250

/** This many operations in one sample are busy threads; fewer, without a change of state, are a clock that is read. */
const minBusyOperations = 8

/** Milliseconds between two samples while nothing happens. A sample is cheap, and an event is in the picture after it. */
const sampleInterval = 1000 / 60

/** Milliseconds after which a sample without an event is accepted: it may show a value that no event tells. */
const acceptInterval = 50

/**
 * While nothing happens, a moving picture is painted when it has moved by this many pixels, but at least every
 * `maxPaintInterval` ms. A picture costs far more than a sample.
 */
const maxIdleStep = 8
const maxPaintInterval = 250

/** Under reduced motion the picture steps this often, in ms. */
const reducedMotionInterval = 250

/**
 * The panel's only loop: samples the window's memory and paints, while the page is visible. It asks for animation frames
 * only while threads are busy, since a frame costs more than a sample.
 */
export function usePaintScheduler(model: ThreadsModel, sample: () => ProcessView): PaintScheduler {
  const scheduler = useMemo(() => new PaintScheduler(model), [model])
  useEffect(() => {
    const loop = new PaintLoop(model, sample, scheduler)
    return () => loop.end()
  }, [model, sample, scheduler])
  return scheduler
}

class PaintLoop {
  readonly #model: ThreadsModel
  readonly #sample: () => ProcessView
  readonly #scheduler: PaintScheduler
  readonly #reducedMotion = matchMedia('(prefers-reduced-motion: reduce)')
  readonly #unsubscribe: readonly (() => void)[]
  #request = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #busyAt = Number.NEGATIVE_INFINITY
  #acceptedAt = Number.NEGATIVE_INFINITY
  #counted = 0
  #dueAt = 0

  constructor(model: ThreadsModel, sample: () => ProcessView, scheduler: PaintScheduler) {
    this.#model = model
    this.#sample = sample
    this.#scheduler = scheduler
    this.#unsubscribe = [
      model.onView((view) => this.#noteView(view)),
      // Another moment is shown, or another row.
      model.subscribe(() => scheduler.request()),
    ]
    this.#step()
  }

  end(): void {
    clearTimeout(this.#timer)
    cancelAnimationFrame(this.#request)
    for (const unsubscribe of this.#unsubscribe) unsubscribe()
  }

  readonly #step = (): void => {
    const begin = performance.now()
    if (document.visibilityState === 'visible') {
      this.#accept(this.#sample(), begin)
      if (this.#scheduler.isRequested || begin >= this.#dueAt || this.#isBusy(begin))
        this.#dueAt = begin + timeUntilNextPaint(this.#scheduler.paint())
      const end = performance.now()
      this.#model.cost.add(end, end - begin)
    }
    if (this.#reducedMotion.matches) this.#timer = setTimeout(this.#step, reducedMotionInterval)
    else if (this.#isBusy(begin)) this.#request = requestAnimationFrame(this.#step)
    else
      this.#timer = setTimeout(
        this.#step,
        Math.min(sampleInterval, Math.max(1, this.#dueAt - performance.now())),
      )
  }

  #isBusy(now: number): boolean {
    return now - this.#busyAt < busyDuration
  }

  /** Accepting a sample compares every thread and object: one in which nothing happened can wait. */
  #accept(view: ProcessView, now: number): void {
    const counted = view.unrecordedCount + view.dropped
    const isEmpty = view.events.length === 0 && view.wakes.length === 0 && view.operations.length === 0
    if (isEmpty && counted === this.#counted && now - this.#acceptedAt < acceptInterval && now < this.#dueAt)
      return
    this.#counted = counted
    this.#acceptedAt = now
    this.#model.accept(view)
  }

  #noteView({ events, operations }: ProcessView): void {
    if (events.length > 0 || operations.length > 0) this.#scheduler.request()
    if (events.length > 0 || operations.length >= minBusyOperations) this.#busyAt = performance.now()
  }
}

/** Milliseconds until the next picture of what moves by a pixel every `pixelTime` ms, in even steps counted from 1970. */
function timeUntilNextPaint(pixelTime: number): number {
  const interval = Math.min(maxPaintInterval, maxIdleStep * pixelTime)
  const now = performance.timeOrigin + performance.now()
  return interval - (now % interval)
}

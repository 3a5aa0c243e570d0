import type { ProcessView } from '@skein/threading/inspect'
import { createContext, useContext, useEffect, useLayoutEffect, useMemo } from 'react'
import { slowFrameInterval } from '../../ui/utils/slow-frames.ts'
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

/** Milliseconds between two checks for events while nothing happens. A check is cheap, and the next picture shows the event. */
const checkInterval = 1000 / 60

/** Milliseconds after which a sample is taken without an event: it may show a value that no event reports. */
const acceptInterval = 50

/**
 * While nothing happens, a moving picture is painted when it has moved by this many pixels, but at least every
 * `maxPaintInterval` ms. A picture costs far more than a sample.
 */
const maxIdleStep = 8
const maxPaintInterval = 250

/** Under reduced motion the picture steps this often, in ms. */
const reducedMotionInterval = 250

/** Where the panel's samples come from. */
export interface SampleSource {
  readonly sample: () => ProcessView
  /** Counts the events of the same process. Without it every check takes a sample. */
  readonly countEvents?: (() => number) | undefined
}

/**
 * The panel's only loop: samples the window's memory and paints, while the page is visible. It asks for animation frames
 * only while threads are busy, since a frame costs more than a sample.
 */
export function usePaintScheduler(
  model: ThreadsModel,
  { sample, countEvents }: SampleSource,
): PaintScheduler {
  const scheduler = useMemo(() => new PaintScheduler(model), [model])
  useEffect(() => {
    const loop = new PaintLoop(model, { sample, countEvents }, scheduler)
    return () => loop.end()
  }, [model, sample, countEvents, scheduler])
  return scheduler
}

class PaintLoop {
  readonly #model: ThreadsModel
  readonly #source: SampleSource
  readonly #scheduler: PaintScheduler
  readonly #reducedMotion = matchMedia('(prefers-reduced-motion: reduce)')
  readonly #unsubscribe: readonly (() => void)[]
  #request = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #busyAt = Number.NEGATIVE_INFINITY
  #isAnyBlocked = false
  #acceptedAt = Number.NEGATIVE_INFINITY
  #eventCount: number | undefined
  #unseenCount = 0
  #dueAt = 0

  constructor(model: ThreadsModel, source: SampleSource, scheduler: PaintScheduler) {
    this.#model = model
    this.#source = source
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
    if (document.visibilityState === 'visible') this.#update(begin)
    if (this.#reducedMotion.matches) this.#timer = setTimeout(this.#step, reducedMotionInterval)
    else if (this.#isBusy(begin)) this.#request = requestAnimationFrame(this.#step)
    else
      this.#timer = setTimeout(
        this.#step,
        Math.min(checkInterval, Math.max(1, Math.ceil(this.#dueAt - performance.now()))),
      )
  }

  #update(begin: number): void {
    const isDue = begin >= this.#dueAt
    const isAccepted = (isDue || this.#needsSample(begin)) && this.#acceptSample(begin)
    if (isDue || this.#scheduler.isRequested || (isAccepted && this.#isBusy(begin)))
      this.#dueAt = begin + timeUntilNextPaint(this.#scheduler.paint())
    else if (!isAccepted) return
    const end = performance.now()
    this.#model.cost.add(end, end - begin)
  }

  #isBusy(now: number): boolean {
    return now - this.#busyAt < busyDuration
  }

  /** Two samples confirm a deadlock: the second follows the first, which a blocked thread's event caused, at once. */
  #isConfirming(now: number): boolean {
    return this.#isAnyBlocked && this.#isBusy(now)
  }

  #needsSample(now: number): boolean {
    const { countEvents } = this.#source
    return (
      countEvents === undefined ||
      countEvents() !== this.#eventCount ||
      now - this.#acceptedAt >= acceptInterval ||
      this.#isConfirming(now)
    )
  }

  /** Takes a sample. Returns whether it was accepted: that compares every thread and object, and can wait if nothing happened. */
  #acceptSample(now: number): boolean {
    // Before the sample: an event that comes in between asks for another one.
    this.#eventCount = this.#source.countEvents?.()
    const view = this.#source.sample()
    this.#isAnyBlocked = view.threads.some(({ state }) => state === 'Blocked')
    const unseenCount = view.unrecordedCount + view.dropped
    const isEmpty = view.events.length === 0 && view.wakes.length === 0 && view.operations.length === 0
    const canWait =
      isEmpty &&
      unseenCount === this.#unseenCount &&
      now - this.#acceptedAt < acceptInterval &&
      now < this.#dueAt
    if (canWait && !this.#isConfirming(now)) return false
    this.#unseenCount = unseenCount
    this.#acceptedAt = now
    this.#model.accept(view)
    return true
  }

  #noteView({ events, operations }: ProcessView): void {
    if (events.length > 0 || operations.length > 0) this.#scheduler.request()
    if (events.length > 0 || operations.length >= minBusyOperations) this.#busyAt = performance.now()
  }
}

/**
 * Milliseconds until the next picture of what moves by a pixel every `pixelTime` ms, in even steps counted from 1970: a slow
 * picture moves with what else moves slowly in the window.
 */
function timeUntilNextPaint(pixelTime: number): number {
  const longest = Math.min(maxPaintInterval, maxIdleStep * pixelTime)
  const interval = longest < slowFrameInterval ? longest : longest - (longest % slowFrameInterval)
  const now = performance.timeOrigin + performance.now()
  return interval - (now % interval)
}

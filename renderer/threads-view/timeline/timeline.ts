import type { ThreadsModel } from '../model/threads-model.ts'
import { type Extent, maxSpan, panExtent, zoomExtent } from './viewport.ts'

/** The length of time shown at first and after `reset`, in ms. */
export const defaultSpan = 10_000

/** Times since 1970 closer than this are the same, in ms. */
const timeTolerance = 0.0005

/** What React shows of the timeline. */
export interface TimelineState {
  readonly span: number
  /** Whether the time shown ends before the newest moment. */
  readonly isPanned: boolean
}

/**
 * The time shown. It ends at the newest moment, live or frozen, unless the user has moved away from it. Moving away
 * freezes the model; following it again returns to the newest moment.
 */
export class Timeline {
  readonly #model: ThreadsModel
  #state: TimelineState = { span: defaultSpan, isPanned: false }
  /** The end of the time shown while it is panned. */
  #to = 0
  readonly #listeners = new Set<() => void>()

  constructor(model: ThreadsModel) {
    this.#model = model
  }

  state = (): TimelineState => this.#state

  extent(): Extent {
    const to = this.#endTime()
    return { from: to - this.#state.span, to }
  }

  /** Returns the time that can be shown. */
  knownExtent(): Extent {
    const to = this.#model.scene().at
    return { from: to - maxSpan, to }
  }

  get isFrozen(): boolean {
    return this.#model.layout().frozenAt !== undefined
  }

  /** Zooms around a moment; by default around the newest if it is shown, else around the middle. */
  zoom(factor: number, about?: number): void {
    const shown = this.extent()
    const middle = this.#isPanned ? (shown.from + shown.to) / 2 : shown.to
    this.#show(zoomExtent(shown, about ?? middle, factor, this.knownExtent()))
  }

  /** Moves by so many ms; positive numbers move to later times. */
  pan(by: number): void {
    this.#show(panExtent(this.extent(), by, this.knownExtent()))
  }

  /** Changes the length of the time shown. Its end stays. */
  setSpan(span: number): void {
    const { to } = this.extent()
    this.#show(panExtent({ from: to - span, to }, 0, this.knownExtent()))
  }

  /** Moves as little as possible so that a moment is visible. */
  reveal(at: number): void {
    const { from, to } = this.extent()
    const margin = (to - from) / 10
    if (at < from + margin) this.pan(at - from - margin)
    else if (at > to - margin && this.#isPanned) this.pan(at - to + margin)
  }

  toOldest(): void {
    this.pan(-maxSpan)
  }

  toNewest(): void {
    this.pan(maxSpan)
  }

  freeze(): void {
    this.#model.freeze()
    this.#setState({ ...this.#state })
  }

  follow(): void {
    this.#model.follow()
    this.#setState({ ...this.#state, isPanned: false })
  }

  /** Shows the default length of time up to the newest moment. */
  reset(): void {
    this.#setState({ span: defaultSpan, isPanned: false })
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Other parts of the view can move the model to another moment too. */
  #endTime(): number {
    const newest = this.#model.scene().at
    return this.#isPanned ? Math.min(this.#to, newest) : newest
  }

  get #isPanned(): boolean {
    return this.#state.isPanned && this.isFrozen
  }

  #show({ from, to }: Extent): void {
    const newest = this.#model.scene().at
    // A distance from the newest moment that is neither visible nor measurable counts as none.
    const isPanned = newest - to > Math.max(timeTolerance, (to - from) / 100_000)
    if (isPanned && !this.isFrozen) this.#model.freeze()
    this.#to = to
    this.#setState({ span: to - from, isPanned })
  }

  #setState(state: TimelineState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}

import { createContext, useContext, useEffect, useLayoutEffect, useMemo } from 'react'
import type { ProcessView } from '../../shared/threading/view.ts'
import type { Scene, ThreadsModel } from './threads-model.ts'

/**
 * Brings one part of the panel up to date. Called at display rate: it touches only what changed. A part that
 * moves without anything happening answers how often, in ms between two moves.
 */
export type Paint = (scene: Scene) => number | undefined

/** What is painted outside React, frame by frame. */
export class Frames {
  readonly #model: ThreadsModel
  readonly #parts = new Set<Paint>()

  constructor(model: ThreadsModel) {
    this.#model = model
  }

  /** Paints a part now and from now on. The answer ends it. */
  add(part: Paint): () => void {
    this.#parts.add(part)
    part(this.#model.scene())
    return () => this.#parts.delete(part)
  }

  /** Answers how often the fastest part moves, in ms; Infinity when none does. */
  paint(): number {
    const scene = this.#model.scene()
    let fastest = Number.POSITIVE_INFINITY
    for (const part of this.#parts) fastest = Math.min(fastest, part(scene) ?? fastest)
    return fastest
  }
}

export const FramesContext = createContext<Frames | undefined>(undefined)

/** Paints a part as long as its component is mounted; `paint` is made anew only when it should start over. */
export function usePaint(paint: Paint): void {
  const frames = useContext(FramesContext)
  useLayoutEffect(() => frames?.add(paint), [frames, paint])
}

/** Milliseconds between two looks while something happens. */
const lookStep = 1000 / 60

/** Milliseconds between two looks at the most while nothing happens: soon enough for an eye to see no delay. */
const quietStep = 50

/** Nothing happened for this many ms: nothing happens. */
const quietAfter = 500

/** Under reduced motion the picture steps this often, in ms. */
const calmStep = 250

/**
 * The panel's one loop: looks at the window's memory and paints, while the page is visible. It asks for
 * animation frames only for a picture that moves about as often as they come: a frame costs more than a look.
 * While nothing happens it looks as often as the picture moves.
 */
export function useFrames(model: ThreadsModel, look: () => ProcessView): Frames {
  const frames = useMemo(() => new Frames(model), [model])
  useEffect(() => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)')
    const quiet = new Quiet()
    let request = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const step = (): void => {
      let moves = Number.POSITIVE_INFINITY
      let view: ProcessView | undefined
      if (document.visibilityState === 'visible') {
        const begin = performance.now()
        view = look()
        model.accept(view)
        moves = frames.paint()
        const end = performance.now()
        model.cost.add(end, end - begin)
      }
      // Two looks tell a deadlock: while a thread is blocked they come soon after each other.
      const isBlocked = view?.threads.some(({ state }) => state === 'Blocked') ?? false
      if (calm.matches) timer = setTimeout(step, isBlocked ? quietStep / 2 : calmStep)
      else if (moves <= 2 * lookStep) request = requestAnimationFrame(step)
      else timer = setTimeout(step, view && (isBlocked || !quiet.see(view)) ? lookStep : untilMove(moves))
    }
    step()
    return () => {
      clearTimeout(timer)
      cancelAnimationFrame(request)
    }
  }, [model, look, frames])
  return frames
}

/** Milliseconds until a picture that moves every `moves` ms, counted from 1970, moves next. */
function untilMove(moves: number): number {
  if (moves > quietStep) return quietStep
  const now = performance.timeOrigin + performance.now()
  // A timer may come a little early.
  return moves - (now % moves) + 1
}

/** Whether nothing happens, by what the latest looks saw. */
class Quiet {
  #lastEvent = 0

  see(view: ProcessView): boolean {
    if (view.events.length > 0) this.#lastEvent = view.at
    return view.at - this.#lastEvent > quietAfter
  }
}

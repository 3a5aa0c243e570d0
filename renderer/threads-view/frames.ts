import { createContext, useContext, useEffect, useLayoutEffect, useMemo } from 'react'
import type { ProcessView } from '../../shared/threading/view.ts'
import type { Scene, ThreadsModel } from './threads-model.ts'

/** Brings one part of the panel up to date. Called at display rate: it touches only what changed. */
export type Paint = (scene: Scene) => void

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

  paint(): void {
    const scene = this.#model.scene()
    for (const part of this.#parts) part(scene)
  }
}

export const FramesContext = createContext<Frames | undefined>(undefined)

/** Paints a part as long as its component is mounted; `paint` is made anew only when it should start over. */
export function usePaint(paint: Paint): void {
  const frames = useContext(FramesContext)
  useLayoutEffect(() => frames?.add(paint), [frames, paint])
}

/** Under reduced motion the picture steps this often, in ms. */
const calmStep = 250

/** The panel's one loop: looks at the window's memory and paints, while the page is visible. */
export function useFrames(model: ThreadsModel, look: () => ProcessView): Frames {
  const frames = useMemo(() => new Frames(model), [model])
  useEffect(() => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)')
    let last = Number.NEGATIVE_INFINITY
    let request = requestAnimationFrame(function frame(time) {
      const due = document.visibilityState === 'visible' && (!calm.matches || time - last >= calmStep)
      if (due) {
        last = time
        model.accept(look())
        frames.paint()
      }
      request = requestAnimationFrame(frame)
    })
    return () => cancelAnimationFrame(request)
  }, [model, look, frames])
  return frames
}

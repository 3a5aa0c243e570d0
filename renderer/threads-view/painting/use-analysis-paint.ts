import { type RefObject, useCallback, useRef } from 'react'
import { useAnalysis } from '../analysis/analysis-context.ts'
import type { ProcessAnalysis } from '../analysis/process-analysis.ts'
import type { ProcessModel } from '../model/process-model.ts'
import { findProcess } from '../model/threads-model.ts'
import { usePaint } from './paint-scheduler.ts'

/** What a part of the panel shows of one process. */
export interface AnalysedScene {
  readonly at: number
  readonly process: ProcessModel
  readonly analysis: ProcessAnalysis
  /** Whether a moment is looked back at that the analysis knows more than. */
  readonly isPast: boolean
}

interface AnalysisPainter {
  paint(scene: AnalysedScene): void
}

/**
 * Keeps an element true by a painter that is made for it, every `step` ms at the most often. `make` must not change: a
 * part that shows something else is another part.
 */
export function useAnalysisPaint<Part extends Element>(
  process: string,
  step: number,
  make: (element: Part) => AnalysisPainter,
): RefObject<Part | null> {
  const analysis = useAnalysis()
  const element = useRef<Part>(null)
  const painter = useRef<AnalysisPainter>(undefined)
  const painted = useRef(Number.NEGATIVE_INFINITY)
  const first = useRef(make)
  usePaint(
    useCallback(
      (scene) => {
        // A moment that is held is told to the event, however near the one before was.
        const tick = scene.isFrozen ? scene.at : Math.floor(scene.at / step)
        const model = findProcess(scene, process)
        const learned = analysis?.ofProcess(process)
        if (tick === painted.current || !element.current || !model || !learned) return undefined
        painted.current = tick
        painter.current ??= first.current(element.current)
        const isPast = scene.isFrozen && learned.at > scene.at
        painter.current.paint({ at: scene.at, process: model, analysis: learned, isPast })
        return undefined
      },
      [analysis, process, step],
    ),
  )
  return element
}

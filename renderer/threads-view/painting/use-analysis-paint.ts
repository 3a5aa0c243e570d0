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
  /** Whether a past moment is shown, while the analysis includes what happened later. */
  readonly isPast: boolean
}

interface AnalysisPainter {
  paint(scene: AnalysedScene): void
}

/** Updates an element by a painter, at most once in `step` ms. `make` is called once and must not change. */
export function useAnalysisPaint<Part extends Element>(
  process: string,
  step: number,
  create: (element: Part) => AnalysisPainter,
): RefObject<Part | null> {
  const analysis = useAnalysis()
  const element = useRef<Part>(null)
  const painter = useRef<AnalysisPainter>(undefined)
  const paintedTick = useRef(Number.NEGATIVE_INFINITY)
  const first = useRef(create)
  usePaint(
    useCallback(
      (scene) => {
        // A frozen moment is shown exactly, however close to the previous one it is.
        const tick = scene.isFrozen ? scene.at : Math.floor(scene.at / step)
        const model = findProcess(scene, process)
        const processAnalysis = analysis?.ofProcess(process)
        if (tick === paintedTick.current || !element.current || !model || !processAnalysis) return undefined
        paintedTick.current = tick
        painter.current ??= first.current(element.current)
        const isPast = scene.isFrozen && processAnalysis.at > scene.at
        painter.current.paint({ at: scene.at, process: model, analysis: processAnalysis, isPast })
        return undefined
      },
      [analysis, process, step],
    ),
  )
  return element
}

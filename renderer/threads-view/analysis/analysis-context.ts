import { createContext, useContext, useSyncExternalStore } from 'react'
import type { ThreadsModel } from '../model/threads-model.ts'
import { Analysis } from './analysis.ts'
import { type Findings, noFindings } from './findings.ts'

const analyses = new WeakMap<ThreadsModel, Analysis>()

/** Returns the analysis of a model. It learns from the views that the model accepts from the first call on. */
export function analysisOf(model: ThreadsModel): Analysis {
  const known = analyses.get(model)
  if (known) return known
  const analysis = new Analysis()
  analyses.set(model, analysis)
  model.onView((view) => analysis.accept(view))
  return analysis
}

export const AnalysisContext = createContext<Analysis | undefined>(undefined)

export const useAnalysis = (): Analysis | undefined => useContext(AnalysisContext)

/** Renders again when something is found or over. */
export function useFindings(): Findings {
  const analysis = useAnalysis()
  return useSyncExternalStore(analysis?.subscribe ?? subscribeNever, analysis?.findings ?? nothingFound)
}

const subscribeNever = () => () => {}
const nothingFound = () => noFindings

import type { ProcessModel } from '../process-model.ts'
import { Pauses } from '../recording/pauses.ts'
import { inTurn } from '../recording/trace-export.ts'
import { Analysis } from './analysis.ts'

const analyses = new WeakMap<readonly ProcessModel[], Analysis>()

/** Learns from all views of the processes of a trace, in short tasks; `analysisOfTrace` answers it from then on. */
export async function analyseTrace(processes: readonly ProcessModel[]): Promise<Analysis> {
  const pauses = new Pauses()
  const analysis = new Analysis()
  let at = 0
  for (const view of inTurn(processes.map(({ recording }) => recording.views()))) {
    analysis.accept(view, view.at)
    at = view.at
    if (pauses.isDue) await pauses.take()
  }
  analysis.look(at)
  analyses.set(processes, analysis)
  return analysis
}

export const analysisOfTrace = (processes: readonly ProcessModel[]): Analysis | undefined =>
  analyses.get(processes)

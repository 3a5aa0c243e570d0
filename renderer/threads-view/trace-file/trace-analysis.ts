import { Analysis } from '../analysis/analysis.ts'
import type { ProcessModel } from '../model/process-model.ts'
import { TaskYielder } from './task-yielder.ts'
import { mergeByTime } from './trace-export.ts'

const analyses = new WeakMap<readonly ProcessModel[], Analysis>()

/** Learns from all views of the processes of a trace, in short tasks; `analysisOfTrace` answers it from then on. */
export async function analyseTrace(processes: readonly ProcessModel[]): Promise<Analysis> {
  const pauses = new TaskYielder()
  const analysis = new Analysis()
  let at = 0
  for (const view of mergeByTime(processes.map(({ recording }) => recording.views()))) {
    analysis.accept(view, view.at)
    at = view.at
    if (pauses.isDue) await pauses.yieldTask()
  }
  analysis.check(at)
  analyses.set(processes, analysis)
  return analysis
}

export const analysisOfTrace = (processes: readonly ProcessModel[]): Analysis | undefined =>
  analyses.get(processes)

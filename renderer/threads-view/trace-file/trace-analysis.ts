import { Analysis } from '../analysis/analysis.ts'
import type { ProcessModel } from '../model/process-model.ts'
import { TaskYielder } from './task-yielder.ts'
import { mergeByTime } from './trace-export.ts'

const analyses = new WeakMap<readonly ProcessModel[], Analysis>()

/** Analyses all views of the processes of a trace, in short tasks. `analysisOfTrace` returns the result from then on. */
export async function analyseTrace(processes: readonly ProcessModel[]): Promise<Analysis> {
  const yielder = new TaskYielder()
  const analysis = new Analysis()
  let at = 0
  for (const view of mergeByTime(processes.map(({ recording }) => recording.views()))) {
    analysis.accept(view, view.at)
    at = view.at
    if (yielder.isDue) await yielder.yieldTask()
  }
  analysis.check(at)
  analyses.set(processes, analysis)
  return analysis
}

export const analysisOfTrace = (processes: readonly ProcessModel[]): Analysis | undefined =>
  analyses.get(processes)

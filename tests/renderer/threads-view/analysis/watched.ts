import { Analysis } from '../../../../renderer/threads-view/analysis/analysis.ts'
import type { NearMiss } from '../../../../renderer/threads-view/analysis/findings.ts'
import type { ProcessAnalysis } from '../../../../renderer/threads-view/analysis/process-analysis.ts'
import { Inspector, type Thread } from '../../../../shared/threading/index.ts'
import type { ProcessView, ThreadView } from '../../../../shared/threading/view.ts'
import { until } from '../../../threading/process.ts'

/** An analysis that looks at this process's real threads, as the panel does. */
export class Watched {
  readonly analysis = new Analysis()
  readonly #inspector = new Inspector()
  view: ProcessView
  /** Near misses of the time before. */
  readonly before: readonly NearMiss[]

  constructor() {
    this.view = this.#inspector.look()
    this.analysis.accept(this.view)
    this.before = this.process.nearMisses.list
  }

  get process(): ProcessAnalysis {
    return this.analysis.of('test')!
  }

  look(): ProcessView {
    this.view = this.#inspector.look()
    this.analysis.accept(this.view)
    return this.view
  }

  /** Looks again and again until a condition holds. */
  async until(condition: () => boolean): Promise<void> {
    await until(() => {
      this.look()
      return condition()
    })
  }

  shown({ ident }: Thread): ThreadView {
    return this.view.threads.find(({ id }) => id === ident)!
  }

  why(thread: Thread): string {
    return this.process.why(this.shown(thread), undefined, this.view.at)
  }
}

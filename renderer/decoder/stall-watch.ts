import type { PcmBlock } from '../../shared/sound/audio-stream.ts'
import type { JobContext } from './job-context.ts'

/** Milliseconds after which a decoding step counts as slow. */
const slowStep = 50

/** Reports when the ring is empty because a decoding step takes too long, and when there is sound again. */
export class StallWatch {
  readonly #context: JobContext
  readonly #signal: AbortSignal

  constructor(context: JobContext, signal: AbortSignal) {
    this.#context = context
    this.#signal = signal
  }

  /** Returns the result of `step`. */
  async observe(segment: number, step: Promise<PcmBlock | undefined>): Promise<PcmBlock | undefined> {
    const { output, report } = this.#context
    const end = new AbortController()
    let hasStalled = false
    const timer = setTimeout(() => {
      const signal = AbortSignal.any([this.#signal, end.signal])
      void output.whenRead(output.writeIndex, signal).then(() => {
        hasStalled = !signal.aborted
        if (hasStalled) report({ kind: 'stalled', segment })
      })
    }, slowStep)
    try {
      return await step
    } finally {
      clearTimeout(timer)
      end.abort()
      if (hasStalled) this.#reportContinued(segment)
    }
  }

  #reportContinued(segment: number): void {
    const { output, report } = this.#context
    void output.whenRead(output.writeIndex + 1, this.#signal).then(() => {
      if (!this.#signal.aborted) report({ kind: 'continued', segment })
    })
  }
}

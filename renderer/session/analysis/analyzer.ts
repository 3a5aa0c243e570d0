import { onThreadEnd, ShutDown, Thread } from '@skein/threading'
import {
  type AnalysisReport,
  type AnalysisResult,
  type AnalyzerChannels,
  createAnalyzerChannels,
  type SoundAhead,
} from '../../workers/analyzer-channels.ts'
import { analyzer } from '../../workers/analyzer-thread.ts'

export interface SongFile {
  /** Absolute. */
  readonly url: string
  /** Its extension is a hint. */
  readonly path: string
}

interface Pending {
  readonly number: number
  readonly resolve: (result: AnalysisResult) => void
}

/** The thread `analyzer` as `main` uses it. The thread starts with the first song, and analyzes one at a time. */
export class Analyzer {
  readonly #channels: AnalyzerChannels
  #thread: Thread | undefined
  #pending: Pending | undefined
  #lastNumber = 0

  /** Works only while there is enough sound ahead; always without it. */
  constructor(ahead?: SoundAhead) {
    this.#channels = createAnalyzerChannels(ahead)
    onThreadEnd(({ ident }) => {
      if (ident !== this.#thread?.ident) return
      this.#thread = undefined
      // The song can be the cause: it is not tried again before the next start.
      this.#finish({ kind: 'unreadable' })
    })
    void this.#collect()
  }

  /** Lets the thread wait, or continue. */
  setAllowed(isAllowed: boolean): void {
    const { mayAnalyze } = this.#channels
    if (isAllowed !== mayAnalyze.isSet()) isAllowed ? mayAnalyze.set() : mayAnalyze.clear()
  }

  /** Resolves when the song is analyzed. The song before, if it is not finished, is cancelled. */
  async analyze({ url, path }: SongFile): Promise<AnalysisResult> {
    this.cancel()
    const number = ++this.#lastNumber
    this.#channels.wantedAnalysis.value = number
    return await new Promise((resolve) => {
      this.#pending = { number, resolve }
      this.#start()
      this.#channels.analyzing.put({ number, url, path })
    })
  }

  /** Gives up the present song. */
  cancel(): void {
    this.#channels.wantedAnalysis.value = 0
    this.#finish({ kind: 'cancelled' })
  }

  /** Ends the thread, for good. */
  close(): void {
    this.cancel()
    this.#channels.analyzing.shutdown(true)
    this.#channels.analyses.shutdown(true)
    // The thread finds that its song is not wanted any more.
    this.#channels.mayAnalyze.set()
  }

  #start(): void {
    if (this.#thread !== undefined) return
    const thread = new Thread({ target: analyzer, args: [this.#channels], name: 'analyzer', daemon: true })
    thread.start()
    this.#thread = thread
  }

  async #collect(): Promise<void> {
    try {
      for (;;) this.#handle(await this.#channels.analyses.getAsync())
    } catch (error) {
      if (!(error instanceof ShutDown)) throw error
    }
  }

  #handle({ number, ...result }: AnalysisReport): void {
    if (number === this.#pending?.number) this.#finish(result)
  }

  #finish(result: AnalysisResult): void {
    const pending = this.#pending
    this.#pending = undefined
    pending?.resolve(result)
  }
}

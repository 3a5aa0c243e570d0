import type { HostApi } from '../../../shared/host-api.ts'
import type { TrackId } from '../../../shared/library/track.ts'
import { decodeWaveform } from '../../../shared/sound/analysis/sound-analysis.ts'
import { type LoudnessScan, useSongAnalysis } from '../../store/analysis-store.ts'
import type { AnalysisResult } from '../../workers/analyzer-channels.ts'
import type { Analyzer, SongFile } from './analyzer.ts'

type AnalysisHost = Pick<HostApi, 'saveAnalysis' | 'trackWaveform' | 'unanalyzedTracks'>

export interface SongAnalysisOptions {
  readonly host: AnalysisHost
  readonly analyzer: Pick<Analyzer, 'analyze' | 'cancel'>
  readonly fileOf: (track: TrackId) => SongFile
  /** The host cannot list the tracks to scan. */
  readonly onFailure: (error: unknown) => undefined
}

interface Job {
  readonly track: TrackId
  readonly isOfScan: boolean
}

/**
 * Decides what the thread `analyzer` does: first the songs that play now and next, if nothing is known about their sound,
 * then the rest of the library while the user lets it be scanned. What is found goes to the host and to the window.
 */
export class SongAnalysis {
  readonly #host: AnalysisHost
  readonly #analyzer: SongAnalysisOptions['analyzer']
  readonly #fileOf: SongAnalysisOptions['fileOf']
  readonly #onFailure: (error: unknown) => undefined
  /** The current song, and those that follow. */
  #songs: readonly TrackId[] = []
  /** Songs of this start about which the host knows something, or for which another attempt is of no use. */
  readonly #finished = new Set<TrackId>()
  /** The next tracks of the scan. */
  #scanned: TrackId[] = []
  #lastScanned: TrackId = 0
  #job: Job | undefined
  #isRunning = false

  constructor({ host, analyzer, fileOf, onFailure }: SongAnalysisOptions) {
    this.#host = host
    this.#analyzer = analyzer
    this.#fileOf = fileOf
    this.#onFailure = onFailure
  }

  /** These songs play now and next. Their waveforms are needed, and how loud they are. */
  setSongs(songs: readonly TrackId[]): void {
    if (songs.length === this.#songs.length && songs.every((song, index) => song === this.#songs[index]))
      return
    const [current = 0] = songs
    if (current !== this.#songs[0]) void this.#showWaveform(current)
    this.#songs = songs
    void this.#preempt()
    this.#wake()
  }

  /** Scans the whole library, or continues to. */
  startScan(): void {
    const { state } = this.#scan
    if (state === 'running') return
    if (state !== 'paused') {
      this.#scanned = []
      this.#lastScanned = 0
    }
    this.#changeScan({ state: 'running' })
    this.#wake()
  }

  pauseScan(): void {
    if (this.#scan.state === 'running') this.#endScan('paused')
  }

  stopScan(): void {
    this.#endScan('idle')
  }

  get #scan(): LoudnessScan {
    return useSongAnalysis.getState().loudnessScan
  }

  #changeScan(change: Partial<LoudnessScan>): void {
    useSongAnalysis.setState(({ loudnessScan }) => ({ loudnessScan: { ...loudnessScan, ...change } }))
  }

  #endScan(state: LoudnessScan['state']): void {
    this.#changeScan({ state })
    if (this.#job?.isOfScan) this.#analyzer.cancel()
  }

  async #showWaveform(track: TrackId): Promise<void> {
    if (track === 0) return
    const text = await this.#host.trackWaveform(track).catch(() => undefined)
    if (text !== undefined) this.#receiveWaveform(track, text)
  }

  #receiveWaveform(track: TrackId, text: string): void {
    const columns = decodeWaveform(text)
    if (track === this.#songs[0] && columns !== undefined)
      useSongAnalysis.setState({ waveform: { track, columns } })
  }

  #wake(): void {
    if (!this.#isRunning) void this.#run()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    try {
      for (let job = await this.#nextJob(); job !== undefined; job = await this.#nextJob()) {
        this.#job = job
        const result = await this.#analyzer.analyze(this.#fileOf(job.track))
        this.#job = undefined
        await this.#receive(job, result)
      }
    } finally {
      this.#isRunning = false
    }
  }

  /** A song that plays now or next has precedence over the scan, and over one that was skipped. */
  async #preempt(): Promise<void> {
    const next = await this.#nextSong()
    const job = this.#job
    if (next !== undefined && job !== undefined && (job.isOfScan || !this.#songs.includes(job.track)))
      this.#analyzer.cancel()
  }

  async #nextJob(): Promise<Job | undefined> {
    const track = await this.#nextSong()
    return track === undefined ? await this.#nextOfScan() : { track, isOfScan: false }
  }

  /** Returns the first song that plays now or next and of which nothing is known. */
  async #nextSong(): Promise<TrackId | undefined> {
    for (const track of this.#songs) {
      if (track === 0 || this.#finished.has(track)) continue
      const isKnown = await this.#host.trackWaveform(track).then(
        (waveform) => waveform !== undefined,
        () => true,
      )
      if (isKnown) this.#finished.add(track)
      // Meanwhile other songs may play.
      else if (this.#songs.includes(track)) return track
    }
    return undefined
  }

  async #nextOfScan(): Promise<Job | undefined> {
    if (this.#scan.state === 'running' && this.#scanned.length === 0) await this.#listMore()
    if (this.#scan.state !== 'running') return undefined
    const track = this.#scanned.shift()
    return track === undefined ? undefined : { track, isOfScan: true }
  }

  async #listMore(): Promise<void> {
    const page = await this.#host.unanalyzedTracks(this.#lastScanned).catch(this.#onFailure)
    if (page === undefined) return this.#changeScan({ state: 'idle' })
    this.#scanned = [...page.ids]
    this.#lastScanned = page.ids.at(-1) ?? this.#lastScanned
    this.#changeScan({ total: page.total, done: page.done })
    if (page.ids.length === 0 && this.#scan.state === 'running') this.#changeScan({ state: 'complete' })
  }

  async #receive({ track, isOfScan }: Job, result: AnalysisResult): Promise<void> {
    if (result.kind === 'cancelled') {
      if (isOfScan) this.#scanned.unshift(track)
      return
    }
    this.#finished.add(track)
    if (result.kind === 'unreadable') return
    const analysis = result.kind === 'analyzed' ? result.analysis : undefined
    if (analysis !== undefined) this.#receiveWaveform(track, analysis.waveform)
    await this.#host.saveAnalysis(track, analysis).catch(() => undefined)
    if (isOfScan) this.#changeScan({ done: this.#scan.done + 1 })
  }
}

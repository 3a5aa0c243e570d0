import type { FileRequest, ReadResult } from '../readers/scan-messages.ts'
import type { TrackReadResult } from '../tracks/read-track.ts'
import type { IndexedFile } from './folder-index.ts'
import type { PauseGate } from './pause-gate.ts'
import type { ScanReaders } from './scan-readers.ts'

/** A file that a thread is to read, or to compare with what is known of it. */
export interface PendingFile {
  /** The path of its directory below the folder. */
  readonly directory: string
  readonly path: string
  /** The absolute path. */
  readonly file: string
  /** The picture beside it: its path below the folder, and its absolute path. */
  readonly picturePath: string | undefined
  readonly pictureFile: string | undefined
  readonly known: IndexedFile | undefined
}

export interface FileFeederOptions {
  readonly readers: ScanReaders
  readonly gate: PauseGate
  readonly signal: AbortSignal
  readonly onUnchanged: (file: PendingFile) => void
  readonly onRead: (file: PendingFile, read: TrackReadResult) => void
  /** Called after the results of a batch. */
  readonly onBatch: () => void
}

/** Files that go to a thread together: fewer at first, so that the first tracks show early. */
const firstBatchSize = 4
const fullBatchSize = 32
/** Batches that the threads have at the same time. There are few, so that directories are listed in between. */
const maxBatches = 8

/** Gives files to the scan threads, as fast as they read. Files wait here, so that the walk is not held up by them. */
export class FileFeeder {
  readonly #options: FileFeederOptions
  #pending: PendingFile[] = []
  #next = 0
  #batches = 0
  #done = 0
  readonly #onIdle: (() => void)[] = []

  constructor(options: FileFeederOptions) {
    this.#options = options
    options.signal.addEventListener('abort', () => this.#resolveIdle(), { once: true })
  }

  add(file: PendingFile): void {
    this.#pending.push(file)
  }

  /** Sends full batches. */
  feed(): void {
    this.#send(this.#done === 0 ? firstBatchSize : fullBatchSize)
  }

  /** Sends everything: no more files will come. */
  flush(): void {
    this.#send(1)
  }

  /** Resolves when every file has come back, or the scan was stopped. */
  async idle(): Promise<void> {
    while (!this.#options.signal.aborted && (this.#batches > 0 || this.#next < this.#pending.length)) {
      await this.#options.gate.passed()
      this.flush()
      if (this.#batches > 0) await new Promise<void>((resolve) => this.#onIdle.push(resolve))
    }
  }

  #send(minSize: number): void {
    const { gate, signal } = this.#options
    while (
      this.#batches < maxBatches &&
      this.#pending.length - this.#next >= minSize &&
      this.#next < this.#pending.length &&
      !gate.isPaused &&
      !signal.aborted
    )
      this.#sendBatch()
  }

  #sendBatch(): void {
    const size = this.#done === 0 ? firstBatchSize : fullBatchSize
    const files = this.#pending.slice(this.#next, this.#next + size)
    this.#next += files.length
    if (this.#next > 10_000) {
      this.#pending = this.#pending.slice(this.#next)
      this.#next = 0
    }
    const fileOf = new Map(files.map((file) => [makeRequest(file), file]))
    let left = files.length
    this.#batches++
    void this.#options.readers.request([...fileOf.keys()], (requests, results) => {
      for (const [index, request] of requests.entries()) {
        const file = fileOf.get(request)
        if (file !== undefined) this.#handle(file, results[index] as ReadResult)
      }
      left -= requests.length
      this.#done += requests.length
      if (left <= 0) this.#batches--
      this.feed()
      this.#options.onBatch()
      if (this.#batches === 0 || left <= 0) this.#resolveIdle()
    })
  }

  #handle(file: PendingFile, result: ReadResult): void {
    if ('isUnchanged' in result) this.#options.onUnchanged(file)
    else if ('tags' in result || 'reason' in result) this.#options.onRead(file, result)
  }

  #resolveIdle(): void {
    for (const resolve of this.#onIdle.splice(0)) resolve()
  }
}

function makeRequest({ file, pictureFile, known }: PendingFile): FileRequest {
  return {
    kind: 'track',
    file,
    ...(pictureFile !== undefined && { picture: pictureFile }),
    ...(known !== undefined &&
      known.modifiedNs !== '' && {
        known: { size: known.size, modifiedNs: known.modifiedNs, fileId: undefined },
      }),
  }
}

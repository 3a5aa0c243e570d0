import { type Queue, type RingBuffer, type SharedMemory, ShutDown } from '@skein/threading'
import type { DecoderReport, DecoderRequest } from '../../shared/sound/playing/decoder-messages.ts'
import { Segments } from '../../shared/sound/playing/segments.ts'
import { DecodeJob } from './decode-job.ts'
import { FollowingInput } from './following-input.ts'
import type { DecodeRequest, JobContext } from './job-context.ts'
import { RingOutput } from './ring-output.ts'
import { SongShelf } from './song-shelf.ts'

/** Milliseconds for which a new job waits until the previous one has put back its song. */
const maxHandover = 100

export interface DecodingChannels {
  readonly decoding: Queue<DecoderRequest>
  readonly decoded: Queue<DecoderReport>
  readonly pcm: RingBuffer
  readonly segments: SharedMemory
}

/** Performs requests until the player ends. */
export async function decodeUntilShutdown(channels: DecodingChannels): Promise<void> {
  try {
    await new DecodingLoop(channels).run()
  } catch (error) {
    if (!(error instanceof ShutDown)) throw error
  }
}

/** Performs the requests of the queue `decoding`. Each request for a song ends the work on the previous one. */
class DecodingLoop {
  readonly #channels: DecodingChannels
  readonly #context: JobContext
  #job: DecodeJob | undefined
  /** Resolves when the last job has ended. */
  #ended: Promise<void> = Promise.resolve()
  /** The song that follows another output's song. */
  #lone: FollowingInput | undefined
  #onOutputReady: (() => void)[] = []
  /** A rate that the output could not have. */
  #refusedRate = 0

  constructor(channels: DecodingChannels) {
    this.#channels = channels
    this.#context = {
      output: new RingOutput(channels.pcm),
      segments: new Segments(channels.segments),
      shelf: new SongShelf(),
      report: (report) => channels.decoded.put(report),
      requestRate: (segment, rate) => this.#requestRate(segment, rate),
    }
  }

  /** Rejects with ShutDown when the player ends. */
  async run(): Promise<never> {
    for (;;) this.#perform(await this.#channels.decoding.getAsync())
  }

  #perform(request: DecoderRequest): void {
    switch (request.kind) {
      case 'decode':
        this.#start(request)
        break
      case 'append':
        if (this.#job !== undefined) this.#job.setNext(request.next, request.after)
        else this.#prepareLone(request.next && new FollowingInput(request.next, this.#context))
        break
      case 'outputReady':
        for (const resolve of this.#onOutputReady.splice(0)) resolve()
        break
      case 'stop':
        this.#job?.cancel()
        this.#job = undefined
        this.#prepareLone(undefined)
        this.#context.output.reset()
        void this.#ended.then(() => this.#job === undefined && this.#context.shelf.clear())
    }
  }

  #start(request: DecodeRequest): void {
    this.#job?.cancel()
    this.#prepareLone(undefined)
    const job = new DecodeJob(this.#context, request)
    this.#job = job
    const handover = Promise.race([this.#ended, timeout(maxHandover)])
    this.#ended = handover.then(() => (job.isCancelled ? undefined : job.run()))
  }

  #prepareLone(song: FollowingInput | undefined): void {
    this.#lone?.release()
    this.#lone = song
    song?.prepare()
  }

  async #requestRate(segment: number, rate: number): Promise<number> {
    const { segments } = this.#context
    if (segments.outputRate === rate || this.#refusedRate === rate) return segments.outputRate
    const ready = new Promise<void>((resolve) => this.#onOutputReady.push(resolve))
    this.#channels.decoded.put({ kind: 'rate', segment, rate })
    await ready
    if (segments.outputRate !== rate) this.#refusedRate = rate
    return segments.outputRate
  }
}

const timeout = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

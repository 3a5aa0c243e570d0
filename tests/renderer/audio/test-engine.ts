import { enumerate, killThread, onThreadEnd, Queue, RingBuffer, Thread } from '@skein/threading'
import { startProcess } from '@skein/threading/web'
import type { AudioSink } from '../../../renderer/audio/audio-sink.ts'
import { EngineSink } from '../../../renderer/audio/engine/engine-sink.ts'
import { SwitchingSink } from '../../../renderer/audio/switching-sink.ts'
import { decoder } from '../../../renderer/workers/decoder-thread.ts'
import type { PlayerChannels } from '../../../renderer/workers/player-channels.ts'
import type { TrackId } from '../../../shared/library/track.ts'
import type {
  DecoderReport,
  DecoderRequest,
  SongTransition,
} from '../../../shared/sound/playing/decoder-messages.ts'
import { Segments } from '../../../shared/sound/playing/segments.ts'

/** The engine in a test page, with everything around it that the session provides. */
export interface TestEngine {
  readonly sink: AudioSink
  readonly ring: RingBuffer
  /** How songs follow each other from now on. */
  transition: SongTransition
  /** Whether media elements play. */
  usesFallback: boolean
  /** Tracks for which the engine gets the file of another track. */
  readonly substitutes: Map<TrackId, TrackId>
  /** Whether what leaves the ring is recorded. */
  readonly isRecording: boolean
  /** What was recorded: the samples of one channel. */
  recorded(channel: 0 | 1): Promise<number[]>
  forgetRecorded(): Promise<void>
  /** The rate of the output. */
  readonly rate: number
  /** Ends the decoder thread. A replacement begins. */
  killDecoder(): void
}

/** Records both channels, one behind the other for each quantum. */
const recorderCode = `
registerProcessor('recorder', class extends AudioWorkletProcessor {
  process([input]) {
    if (input.length > 0) {
      const block = new Float32Array(2 * input[0].length)
      block.set(input[0])
      block.set(input[1] ?? input[0], input[0].length)
      this.port.postMessage(block, [block.buffer])
    }
    return true
  }
})`

/** Records what leaves the ring, in the graph of its output. */
class Recorder {
  readonly #blocks: Float32Array[] = []
  #node: AudioWorkletNode | undefined

  get isConnected(): boolean {
    return this.#node !== undefined
  }

  async connect(source: AudioNode, destination: AudioNode): Promise<void> {
    this.#node = undefined
    const url = URL.createObjectURL(new Blob([recorderCode], { type: 'text/javascript' }))
    await source.context.audioWorklet.addModule(url)
    const node = new AudioWorkletNode(source.context, 'recorder')
    node.port.onmessage = ({ data }: MessageEvent<Float32Array>) => this.#blocks.push(data)
    source.connect(node).connect(destination)
    this.#node = node
  }

  samples(channel: 0 | 1): number[] {
    return this.#blocks.flatMap((block) => {
      const length = block.length / 2
      return Array.from(block.subarray(channel * length, (channel + 1) * length))
    })
  }

  forget(): void {
    this.#blocks.length = 0
  }
}

export function createEngine(fallback: AudioSink, names: readonly string[]): TestEngine {
  startProcess({
    name: 'player',
    workers: 3,
    createWorker: () => new Worker(new URL('./decoder-worker.ts', import.meta.url), { type: 'module' }),
  })
  const decoding = new Queue<DecoderRequest>({ name: 'decoding' })
  const decoded = new Queue<DecoderReport>({ name: 'decoded' })
  const pcm = new RingBuffer({ name: 'pcm', channels: 2, capacity: 192_000, rampFrames: 256 })
  const segments = new Segments()
  const substitutes = new Map<TrackId, TrackId>()
  const recorder = new Recorder()
  let rate = 0
  const engine: EngineSink = new EngineSink({
    source: {
      songOf: (track) => ({
        url: new URL(`/media/${substitutes.get(track) ?? track}`, location.href).href,
        path: names[track - 1] ?? '',
        gain: 1,
      }),
      transitionBetween: () => test.transition,
      speed: () => 1,
    },
    channels: { decoding, pcm, segments },
    connect: (source, destination) => {
      rate = source.context.sampleRate
      source.connect(destination)
      void recorder.connect(source, destination)
    },
    onRefused: (track, run) => sink.refuse(track, run),
  })
  const sink = new SwitchingSink({
    main: engine,
    fallback,
    onChange: (usesFallback) => {
      test.usesFallback = usesFallback
    },
  })
  const channels = { decoding, decoded, pcm, segments: segments.block } as unknown as PlayerChannels
  const start = () => new Thread({ target: decoder, args: [channels], name: 'decoder', daemon: true }).start()
  start()
  onThreadEnd(() => {
    start()
    engine.resumeDecoding()
  })
  void (async () => {
    for (;;) engine.receive(await decoded.getAsync())
  })()
  const test: TestEngine = {
    sink,
    ring: pcm,
    transition: { kind: 'gapless' },
    usesFallback: false,
    substitutes,
    get isRecording() {
      return recorder.isConnected
    },
    get rate() {
      return rate
    },
    // The last blocks are on their way.
    recorded: async (channel) => {
      await new Promise((resolve) => setTimeout(resolve, 100))
      return recorder.samples(channel)
    },
    forgetRecorded: async () => recorder.forget(),
    killDecoder: () => {
      for (const { name, ident } of enumerate()) if (name === 'decoder' && ident) killThread(ident)
    },
  }
  return test
}

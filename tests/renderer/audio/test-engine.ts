import { enumerate, killThread, onThreadEnd, Queue, RingBuffer, Thread } from '@skein/threading'
import { startProcess } from '@skein/threading/web'
import type { AudioSink } from '../../../renderer/audio/audio-sink.ts'
import { EngineSink } from '../../../renderer/audio/engine/engine-sink.ts'
import { SwitchingSink } from '../../../renderer/audio/switching-sink.ts'
import { decoder } from '../../../renderer/workers/decoder-thread.ts'
import type { PlayerChannels } from '../../../renderer/workers/player-channels.ts'
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
  /** Everything that was heard since `record`, in both channels. */
  readonly recorded: Float32Array[]
  /** The rate of the output. */
  readonly rate: number
  /** Begins to record what leaves the ring. Songs that play already go on. */
  record(): Promise<void>
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
  let output: { source: AudioNode; destination: AudioNode } | undefined
  const engine: EngineSink = new EngineSink({
    source: {
      songOf: (track) => ({
        url: new URL(`/media/${track}`, location.href).href,
        path: names[track - 1] ?? '',
        gain: 1,
      }),
      transitionBetween: () => test.transition,
      speed: () => 1,
    },
    channels: { decoding, pcm, segments },
    connect: (source, destination) => {
      output = { source, destination }
      source.connect(destination)
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
    recorded: [],
    get rate() {
      return output?.source.context.sampleRate ?? 0
    },
    record: async () => {
      if (output === undefined) throw new Error('Nothing plays yet.')
      const { source, destination } = output
      const url = URL.createObjectURL(new Blob([recorderCode], { type: 'text/javascript' }))
      await source.context.audioWorklet.addModule(url)
      const recorder = new AudioWorkletNode(source.context, 'recorder', { numberOfOutputs: 1 })
      recorder.port.onmessage = ({ data }: MessageEvent<Float32Array>) => test.recorded.push(data)
      source.connect(recorder).connect(destination)
    },
    killDecoder: () => {
      for (const { name, ident } of enumerate()) if (name === 'decoder' && ident) killThread(ident)
    },
  }
  return test
}

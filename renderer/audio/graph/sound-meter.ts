/** The frames that a measurement covers: 43 ms at 48 kHz, more than the time between two pictures. */
const measuredFrames = 2048

/** The share of a spectrum's previous measurement that stays in the next one. */
const smoothing = 0.7

/** dB below full scale. */
export const spectrumRange = { min: -90, max: -10 }

/** The loudest sample and the root mean square of one channel; 1 is full scale. */
export interface ChannelLevel {
  readonly peak: number
  readonly mean: number
}

/** Measures the sound that a node carries. It costs something only between its creation and `close`. */
export class SoundMeter {
  readonly #splitter: ChannelSplitterNode
  readonly #spectrum: AnalyserNode
  readonly #channels: readonly AnalyserNode[]
  readonly #samples = new Float32Array(measuredFrames)
  readonly #bins: Float32Array<ArrayBuffer>
  readonly #onClose: () => void
  #listened: AudioNode | undefined
  #isClosed = false

  constructor(context: BaseAudioContext, onClose: () => void = () => undefined) {
    const options = { fftSize: measuredFrames, smoothingTimeConstant: smoothing }
    // A mono signal is measured as both channels.
    this.#splitter = new ChannelSplitterNode(context, { numberOfOutputs: 2 })
    this.#spectrum = new AnalyserNode(context, {
      ...options,
      minDecibels: spectrumRange.min,
      maxDecibels: spectrumRange.max,
      channelCount: 2,
      channelCountMode: 'explicit',
    })
    this.#channels = [0, 1].map(() => new AnalyserNode(context, options))
    this.#channels.forEach((analyser, channel) => {
      this.#splitter.connect(analyser, channel)
    })
    this.#spectrum.connect(this.#splitter)
    this.#bins = new Float32Array(this.#spectrum.frequencyBinCount)
    this.#onClose = onClose
  }

  /** Whether the graph was replaced, or `close` was called. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Half the sample rate: the frequency of the spectrum's end, in Hz. */
  get maxFrequency(): number {
    return this.#spectrum.context.sampleRate / 2
  }

  /** Measures another node from now on. */
  listenTo(node: AudioNode): void {
    this.#listened?.disconnect(this.#spectrum)
    node.connect(this.#spectrum)
    this.#listened = node
  }

  /** Returns the level of the left and of the right channel. */
  levels(): readonly ChannelLevel[] {
    return this.#channels.map((analyser) => {
      analyser.getFloatTimeDomainData(this.#samples)
      return levelOf(this.#samples)
    })
  }

  /** Returns the spectrum in dB, at equal distances from 0 Hz to `maxFrequency`. The next call overwrites it. */
  spectrum(): Float32Array {
    this.#spectrum.getFloatFrequencyData(this.#bins)
    return this.#bins
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#listened?.disconnect(this.#spectrum)
    this.#listened = undefined
    this.#spectrum.disconnect()
    this.#splitter.disconnect()
    this.#onClose()
  }
}

function levelOf(samples: Float32Array): ChannelLevel {
  let peak = 0
  let sum = 0
  for (const sample of samples) {
    peak = Math.max(peak, Math.abs(sample))
    sum += sample * sample
  }
  return { peak, mean: Math.sqrt(sum / samples.length) }
}

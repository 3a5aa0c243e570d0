import { SoundMeter } from './sound-meter.ts'
import {
  createStage,
  type StageName,
  stageNamesOf,
  type ToneSettings,
  type ToneStage,
} from './tone-stages.ts'

/** Seconds in which one chain of nodes fades into the next one. */
const fadeTime = 0.02

/** Milliseconds after which a chain that has faded out is taken apart. */
const disposalDelay = 200

/** The stages between source and destination, with a gain at the end for fading. */
interface Chain {
  readonly names: readonly StageName[]
  readonly stages: readonly ToneStage[]
  readonly fade: GainNode
}

/**
 * The nodes after the source: equaliser, mono and balance. What the settings do not use is not in the graph. A change of
 * a value is a ramp; a change of the nodes fades from the old chain to a new one.
 */
export class ToneGraph {
  readonly #source: AudioNode
  readonly #destination: AudioNode
  readonly #meters = new Set<SoundMeter>()
  #chain: Chain

  constructor(source: AudioNode, destination: AudioNode, settings: ToneSettings) {
    this.#source = source
    this.#destination = destination
    this.#chain = this.#connectChain(settings, 1)
  }

  /** The names of the stages that are in the graph. */
  get stageNames(): readonly StageName[] {
    return this.#chain.names
  }

  apply(settings: ToneSettings): void {
    if (stageNamesOf(settings).join() === this.#chain.names.join()) {
      for (const stage of this.#chain.stages) stage.follow(settings)
      return
    }
    const old = this.#chain
    this.#chain = this.#connectChain(settings, 0)
    fadeTo(this.#chain.fade, 1)
    fadeTo(old.fade, 0)
    for (const meter of this.#meters) meter.listenTo(this.#chain.fade)
    setTimeout(() => this.#disconnectChain(old), disposalDelay)
  }

  /** Measures what leaves the graph, until the meter is closed. */
  openMeter(): SoundMeter {
    const meter = new SoundMeter(this.#source.context, () => this.#meters.delete(meter))
    this.#meters.add(meter)
    meter.listenTo(this.#chain.fade)
    return meter
  }

  /** The context is closed, and its nodes go with it. */
  closeMeters(): void {
    for (const meter of this.#meters) meter.close()
  }

  #connectChain(settings: ToneSettings, gain: number): Chain {
    const { context } = this.#source
    const names = stageNamesOf(settings)
    const stages = names.map((name) => createStage[name](context, settings))
    const fade = new GainNode(context, { gain })
    const end = stages.reduce((node, { input, output }) => {
      node.connect(input)
      return output
    }, this.#source)
    end.connect(fade).connect(this.#destination)
    return { names, stages, fade }
  }

  #disconnectChain({ stages, fade }: Chain): void {
    this.#source.disconnect(stages[0]?.input ?? fade)
    for (const stage of stages) stage.disconnect()
    fade.disconnect()
  }
}

/** A linear ramp from the present gain. Two chains carry nearly the same signal, so their sum stays the same. */
function fadeTo({ gain, context: { currentTime } }: GainNode, value: number): void {
  gain.cancelScheduledValues(currentTime)
  gain.setValueAtTime(gain.value, currentTime)
  gain.linearRampToValueAtTime(value, currentTime + fadeTime)
}

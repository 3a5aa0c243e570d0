import { ToneGraph } from '../../../../renderer/audio/graph/tone-graph.ts'
import type { ToneSettings } from '../../../../renderer/audio/graph/tone-stages.ts'

/** A change of the settings at a time in seconds. */
export interface SettingsChange {
  readonly at: number
  readonly settings: ToneSettings
}

export interface RenderOptions {
  readonly settings: ToneSettings
  readonly changes?: readonly SettingsChange[]
  /** The channels of the source. */
  readonly source: readonly (readonly number[])[]
  readonly sampleRate: number
}

declare global {
  interface Window {
    /** Renders the source through a graph and returns both channels of what comes out. */
    render(options: RenderOptions): Promise<number[][]>
    /** Returns the connections between nodes that exist after the graph has gone through these settings. */
    connections(settings: readonly ToneSettings[]): string[]
    meter(options: MeterOptions): Promise<MeterResult | undefined>
  }
}

export interface MeterOptions {
  readonly settings: ToneSettings
  /** Applied while the meter is open. */
  readonly change: ToneSettings
  readonly source: readonly (readonly number[])[]
  /** Seconds at which the meter is read and closed. */
  readonly at: number
}

export interface MeterResult {
  readonly levels: readonly { readonly peak: number; readonly mean: number }[]
  readonly loudestFrequency: number
  readonly isClosed: boolean
  /** The connections that the closed meter leaves behind. */
  readonly remaining: number
}

const edges: { readonly from: AudioNode; readonly to: AudioNode }[] = []
const { connect, disconnect } = AudioNode.prototype
AudioNode.prototype.connect = function (this: AudioNode, ...args: [AudioNode, ...number[]]) {
  edges.push({ from: this, to: args[0] })
  return Reflect.apply(connect, this, args)
} as typeof connect
AudioNode.prototype.disconnect = function (this: AudioNode, ...args: [AudioNode?]) {
  for (const edge of edges.filter(
    ({ from, to }) => from === this && (args[0] === undefined || args[0] === to),
  ))
    edges.splice(edges.indexOf(edge), 1)
  return Reflect.apply(disconnect, this, args)
} as typeof disconnect

const kindOf = (node: AudioNode): string => node.constructor.name.replace('Node', '')

function sourceOf(
  context: BaseAudioContext,
  channels: readonly (readonly number[])[],
): AudioBufferSourceNode {
  const buffer = new AudioBuffer({
    length: channels[0]?.length ?? 1,
    numberOfChannels: channels.length,
    sampleRate: context.sampleRate,
  })
  channels.forEach((samples, channel) => {
    buffer.copyToChannel(Float32Array.from(samples), channel)
  })
  return new AudioBufferSourceNode(context, { buffer })
}

Object.assign(window, {
  async render({ settings, changes = [], source, sampleRate }: RenderOptions) {
    const context = new OfflineAudioContext(2, source[0]?.length ?? 1, sampleRate)
    const node = sourceOf(context, source)
    const graph = new ToneGraph(node, context.destination, settings)
    for (const change of changes)
      void context.suspend(change.at).then(() => {
        graph.apply(change.settings)
        return context.resume()
      })
    node.start()
    const rendered = await context.startRendering()
    return [0, 1].map((channel) => [...rendered.getChannelData(channel)])
  },

  connections(settings: readonly ToneSettings[]) {
    const context = new OfflineAudioContext(2, 1, 48_000)
    const source = sourceOf(context, [[0]])
    edges.length = 0
    const [first, ...others] = settings
    if (first === undefined) return []
    const graph = new ToneGraph(source, context.destination, first)
    const timers: (() => void)[] = []
    const { setTimeout } = window
    Object.assign(window, { setTimeout: (callback: () => void) => timers.push(callback) })
    for (const next of others) graph.apply(next)
    Object.assign(window, { setTimeout })
    for (const callback of timers) callback()
    return edges.map(({ from, to }) => `${kindOf(from)} > ${kindOf(to)}`)
  },

  async meter({ settings, change, source, at }: MeterOptions) {
    const sampleRate = 48_000
    const context = new OfflineAudioContext(2, source[0]?.length ?? 1, sampleRate)
    const node = sourceOf(context, source)
    edges.length = 0
    const graph = new ToneGraph(node, context.destination, settings)
    const before = edges.length
    const meter = graph.openMeter()
    graph.apply(change)
    let result: MeterResult | undefined
    void context.suspend(at).then(() => {
      const spectrum = meter.spectrum()
      const loudest = spectrum.indexOf(Math.max(...spectrum))
      const levels = meter.levels()
      meter.close()
      result = {
        levels,
        loudestFrequency: (loudest * meter.maxFrequency) / spectrum.length,
        isClosed: meter.isClosed,
        remaining: edges.length - before,
      }
      return context.resume()
    })
    node.start()
    await context.startRendering()
    return result
  },
})

import { equalizerBands } from '../../../shared/sound/equalizer.ts'
import { bandQ, filterGainsOf, maxResponse } from '../../../shared/sound/equalizer-response.ts'
import type { SoundSettings } from '../../../shared/sound/sound-settings.ts'

/** The sound settings that the graph applies. */
export type ToneSettings = Pick<SoundSettings, 'balance' | 'equalizer' | 'mono' | 'preventClipping'>

/** Nodes in a row that do one thing to the sound. */
export interface ToneStage {
  readonly input: AudioNode
  readonly output: AudioNode
  /** Follows the settings, without a click. */
  follow(settings: ToneSettings): void
  disconnect(): void
}

/** Seconds; the time constant with which a parameter approaches its new value. */
const timeConstant = 0.015

/** The stages that these settings need, by name and in their sequence. */
export const stageNamesOf = ({ equalizer, mono, balance }: ToneSettings): readonly StageName[] => [
  ...(equalizer.isEnabled ? (['equalizer'] as const) : []),
  ...(mono ? (['mono'] as const) : []),
  ...(balance === 0 ? [] : (['balance'] as const)),
]

export type StageName = 'equalizer' | 'mono' | 'balance'

export const createStage: Readonly<
  Record<StageName, (context: BaseAudioContext, settings: ToneSettings) => ToneStage>
> = { equalizer: createEqualizer, mono: createMono, balance: createBalance }

/** Ten peaking filters, and a gain that makes room for the loudest band if clipping is prevented. */
function createEqualizer(context: BaseAudioContext, settings: ToneSettings): ToneStage {
  const filters = equalizerBands.map(
    (frequency) => new BiquadFilterNode(context, { type: 'peaking', frequency, Q: bandQ }),
  )
  const headroom = new GainNode(context)
  const nodes: readonly AudioNode[] = [...filters, headroom]
  nodes.reduce((node, next) => node.connect(next))
  const targetsOf = ({ equalizer, preventClipping }: ToneSettings) => {
    const gains = filterGainsOf(equalizer.gains, context.sampleRate)
    const boost = preventClipping ? maxResponse(gains, context.sampleRate) : 0
    return [
      ...filters.map(({ gain }, band) => [gain, gains[band] ?? 0] as const),
      [headroom.gain, 10 ** (-boost / 20)] as const,
    ]
  }
  for (const [parameter, value] of targetsOf(settings)) parameter.value = value
  return {
    input: nodes[0] ?? headroom,
    output: headroom,
    follow: (next) => {
      for (const [parameter, value] of targetsOf(next)) approach(parameter, value, context)
    },
    disconnect: () => disconnectAll(nodes),
  }
}

/** The mean of both channels, on both. */
function createMono(context: BaseAudioContext): ToneStage {
  const mixer = new GainNode(context, {
    channelCount: 1,
    channelCountMode: 'explicit',
    channelInterpretation: 'speakers',
  })
  return { input: mixer, output: mixer, follow: () => undefined, disconnect: () => mixer.disconnect() }
}

/** Lowers the channel of the other side. It mixes nothing, unlike a StereoPannerNode. */
function createBalance(context: BaseAudioContext, settings: ToneSettings): ToneStage {
  // A splitter alone would pass a mono signal to the left only.
  const stereo = new GainNode(context, { channelCount: 2, channelCountMode: 'explicit' })
  const splitter = new ChannelSplitterNode(context, { numberOfOutputs: 2 })
  const merger = new ChannelMergerNode(context, { numberOfInputs: 2 })
  const [left, right] = balanceGains(settings.balance)
  const sides = [new GainNode(context, { gain: left }), new GainNode(context, { gain: right })] as const
  stereo.connect(splitter)
  sides.forEach((side, channel) => {
    splitter.connect(side, channel)
    side.connect(merger, 0, channel)
  })
  return {
    input: stereo,
    output: merger,
    follow: ({ balance }) => {
      balanceGains(balance).forEach((gain, channel) => {
        const side = sides[channel]
        if (side) approach(side.gain, gain, context)
      })
    },
    disconnect: () => disconnectAll([stereo, splitter, ...sides, merger]),
  }
}

/** Returns the gains of the left and the right channel. */
const balanceGains = (balance: number): readonly [number, number] => [
  Math.min(1, 1 - balance),
  Math.min(1, 1 + balance),
]

function approach(parameter: AudioParam, value: number, context: BaseAudioContext): void {
  parameter.setTargetAtTime(value, context.currentTime, timeConstant)
}

function disconnectAll(nodes: readonly AudioNode[]): void {
  for (const node of nodes) node.disconnect()
}

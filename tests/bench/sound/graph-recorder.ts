import type { Page } from '@playwright/test'
import type { Recording } from './join-analysis.ts'

/** The samples that the page sends to its outputs, in blocks with their rate. */
interface GraphRecorder {
  readonly blocks: { readonly rate: number; readonly samples: Float32Array }[]
  /** Records what a node plays. */
  record(source: AudioNode): Promise<void>
}

interface RecordedWindow {
  graphRecorder: GraphRecorder
}

const moduleSource = `
class Recorder extends AudioWorkletProcessor {
  #block = new Float32Array(4096)
  #length = 0
  process([input]) {
    const samples = input[0] ?? new Float32Array(128)
    this.#block.set(samples, this.#length)
    this.#length += samples.length
    if (this.#length === this.#block.length) {
      this.port.postMessage(this.#block.slice())
      this.#length = 0
    }
    return true
  }
}
registerProcessor('bench-recorder', Recorder)
`

/**
 * Runs in the page before its own code: records with a worklet of its own what is connected to the output of an
 * AudioContext.
 */
export function installGraphRecorder(source: string): void {
  const connect = AudioNode.prototype.connect as (this: AudioNode, ...args: readonly unknown[]) => unknown
  const recorders = new WeakMap<BaseAudioContext, Promise<AudioWorkletNode>>()
  const blocks: { rate: number; samples: Float32Array }[] = []
  const makeRecorder = async (context: BaseAudioContext): Promise<AudioWorkletNode> => {
    const module = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
    await context.audioWorklet.addModule(module)
    URL.revokeObjectURL(module)
    const node = new AudioWorkletNode(context, 'bench-recorder')
    node.port.onmessage = ({ data }: MessageEvent<Float32Array>) =>
      blocks.push({ rate: context.sampleRate, samples: data })
    connect.call(node, context.destination)
    return node
  }
  const record = async (node: AudioNode): Promise<void> => {
    const { context } = node
    const recorder = recorders.get(context) ?? makeRecorder(context)
    recorders.set(context, recorder)
    connect.call(node, await recorder)
  }
  ;(window as unknown as RecordedWindow).graphRecorder = { blocks, record }
  AudioNode.prototype.connect = function (this: AudioNode, ...args: readonly unknown[]) {
    if (args[0] instanceof AudioDestinationNode && !(this instanceof AudioWorkletNode)) void record(this)
    return connect.call(this, ...args)
  } as typeof AudioNode.prototype.connect
}

/** Adds the recorder to a page before it is opened. The page's policy must be bypassed: it allows no such worklet. */
export async function addGraphRecorder(page: Page): Promise<void> {
  await page.addInitScript(installGraphRecorder, moduleSource)
}

/** Returns what was recorded since the last call, a recording for each rate. */
export async function takeRecordings(page: Page): Promise<Recording[]> {
  const blocks = await page.evaluate(() =>
    (window as unknown as RecordedWindow).graphRecorder.blocks.splice(0).map(({ rate, samples }) => ({
      rate,
      base64: btoa(String.fromCharCode(...new Uint8Array(samples.buffer))),
    })),
  )
  const recordings: { rate: number; parts: Float32Array[] }[] = []
  for (const { rate, base64 } of blocks) {
    const bytes = Buffer.from(base64, 'base64')
    const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
    const last = recordings.at(-1)
    if (last?.rate === rate) last.parts.push(samples)
    else recordings.push({ rate, parts: [samples] })
  }
  return recordings.map(({ rate, parts }) => {
    const samples = new Float32Array(parts.length * 4096)
    for (const [index, part] of parts.entries()) samples.set(part, index * 4096)
    return { rate, samples }
  })
}

/** Whether the last `seconds` that were recorded are silent, and sound was recorded before. */
export async function hasGoneSilent(page: Page, seconds: number): Promise<boolean> {
  return await page.evaluate((wanted) => {
    const { blocks } = (window as unknown as RecordedWindow).graphRecorder
    const isLoud = ({ samples }: { samples: Float32Array }) =>
      samples.some((sample) => Math.abs(sample) > 0.02)
    const last = blocks.findLastIndex(isLoud)
    if (last < 0) return false
    const silent = blocks.slice(last + 1).reduce((sum, { rate, samples }) => sum + samples.length / rate, 0)
    return silent >= wanted
  }, seconds)
}

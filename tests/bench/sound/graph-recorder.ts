import type { Page } from '@playwright/test'
import type { Recording } from './join-analysis.ts'

interface Block {
  /** The number of its AudioContext: the blocks of several alternate. */
  readonly context: number
  readonly rate: number
  readonly samples: Float32Array
}

/** The samples that the page sends to its outputs. */
interface GraphRecorder {
  readonly blocks: Block[]
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
  const blocks: Block[] = []
  let contexts = 0
  const makeRecorder = async (context: BaseAudioContext): Promise<AudioWorkletNode> => {
    const module = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
    await context.audioWorklet.addModule(module)
    URL.revokeObjectURL(module)
    const node = new AudioWorkletNode(context, 'bench-recorder')
    const number = contexts++
    node.port.onmessage = ({ data }: MessageEvent<Float32Array>) =>
      blocks.push({ context: number, rate: context.sampleRate, samples: data })
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

/** Returns what was recorded since the last call, a recording for each AudioContext. */
export async function takeRecordings(page: Page): Promise<Recording[]> {
  const blocks = await page.evaluate(() =>
    (window as unknown as RecordedWindow).graphRecorder.blocks
      .splice(0)
      .map(({ context, rate, samples }) => ({
        context,
        rate,
        base64: btoa(String.fromCharCode(...new Uint8Array(samples.buffer))),
      })),
  )
  const recordings = new Map<number, { rate: number; parts: Buffer[] }>()
  for (const { context, rate, base64 } of blocks) {
    const recording = recordings.get(context) ?? { rate, parts: [] }
    recording.parts.push(Buffer.from(base64, 'base64'))
    recordings.set(context, recording)
  }
  return [...recordings.values()].map(({ rate, parts }) => {
    const bytes = new Uint8Array(Buffer.concat(parts))
    return { rate, samples: new Float32Array(bytes.buffer) }
  })
}

/** Waits until something is recorded. */
export async function awaitRecorder(page: Page): Promise<void> {
  await page.waitForFunction(() => (window as unknown as RecordedWindow).graphRecorder.blocks.length > 0)
}

/** Whether the last `seconds` that a context recorded are silent, and it recorded sound before. */
export async function hasGoneSilent(page: Page, seconds: number): Promise<boolean> {
  return await page.evaluate((wanted) => {
    const { blocks } = (window as unknown as RecordedWindow).graphRecorder
    const last = blocks.findLastIndex(({ samples }) => samples.some((sample) => Math.abs(sample) > 0.02))
    const loud = blocks[last]
    if (loud === undefined) return false
    const after = blocks.slice(last + 1).filter(({ context }) => context === loud.context)
    return after.reduce((sum, { rate, samples }) => sum + samples.length / rate, 0) >= wanted
  }, seconds)
}

import { type Adoption, adoptThread, endAdoptedThread, type RingBuffer } from '@skein/threading'
import { Howler } from 'howler'
import type { Segments } from '../../../shared/sound/playing/segments.ts'
import type { PcmReaderOptions } from './pcm-reader.ts'
import readerUrl from './pcm-reader.ts?worker&url'
import { SilentElement } from './silent-element.ts'

/** Milliseconds of pause after which the sound output is suspended: a paused player costs nothing. */
const suspendDelay = 5_000

/** Milliseconds within which the sound output starts, unless the browser waits for a click. */
const startTimeout = 5_000

/** Milliseconds after which a page without a click counts as waiting for one. */
const clickTimeout = 1_000

/** Milliseconds in which the ring fades out before its output is closed. */
const fadeTime = 20

/** The rate of the output before a song has asked for one. */
const defaultRate = 44_100

export interface SpeakerOptions {
  readonly ring: RingBuffer
  readonly segments: Segments
  /** Connects the engine's node to the output, through what changes the sound. */
  readonly connect: (source: AudioNode, destination: AudioNode) => void
  /** Called when the sound has stopped without a request. */
  readonly onInterrupted: () => void
}

interface DeviceSelection {
  setSinkId(deviceId: string): Promise<void>
}

export type StartResult = 'running' | 'needsClick' | 'failed'

/** A context of Howler, whose master gain carries the ring's sound. */
interface Output {
  readonly context: AudioContext
  readonly adoption: Adoption
  readonly node: AudioWorkletNode
}

/** The sound output: Howler's audio context, in which the worklet reads the ring. */
export class Speaker {
  readonly #options: SpeakerOptions
  #output: Promise<Output> | undefined
  #context: AudioContext | undefined
  #wantsSound = false
  #deviceId = ''
  /** The context moves to another device: Chromium suspends it meanwhile. */
  #isMoving = false
  #suspendTimer: ReturnType<typeof setTimeout> | undefined
  readonly #silence: SilentElement

  constructor(options: SpeakerOptions) {
    this.#options = options
    this.#silence = new SilentElement(() => this.#wantsSound && options.onInterrupted())
    options.ring.isPaused = true
  }

  /** Whether this browser has what the engine needs. */
  static get isSupported(): boolean {
    return typeof AudioWorkletNode === 'function' && typeof AudioDecoder === 'function'
  }

  /** The seconds from the ring to the listener. */
  get latency(): number {
    return this.#context?.outputLatency || 0
  }

  /** Gives the output another rate, if it can have it. Whatever sounded before has ended. */
  async setRate(rate: number): Promise<void> {
    const present = this.#open()
    if ((await present).context.sampleRate === rate || present !== this.#output) return
    // The frames in the ring have the present rate: they must not be heard in another one.
    this.#options.ring.isPaused = true
    this.#output = present
      .then(closeOutput)
      .then(() => this.#createOutput(rate))
      .catch(() => this.#createOutput(defaultRate))
    await this.#output
  }

  /** Plays what the ring holds, from the next frame on. */
  async play(): Promise<StartResult> {
    this.#wantsSound = true
    this.#options.ring.isPaused = false
    this.#silence.play()
    return await this.#resume()
  }

  /** Fades out, and is suspended a while later. */
  pause(): void {
    this.#wantsSound = false
    this.#options.ring.isPaused = true
    this.#silence.pause()
    this.#suspendLater()
  }

  /** Runs for a while without sound, so that the ring can begin with another song. */
  wake(): void {
    void this.#resume()
    if (!this.#wantsSound) this.#suspendLater()
  }

  /** Plays through this device from now on; an empty text is the system's. */
  selectDevice(deviceId: string): void {
    this.#deviceId = deviceId
    const context = this.#context
    if (context !== undefined) void this.#moveToDevice(context)
  }

  async dispose(): Promise<void> {
    clearTimeout(this.#suspendTimer)
    const present = this.#output
    this.#output = undefined
    this.#context = undefined
    await present?.then(closeOutput)
  }

  async #resume(): Promise<StartResult> {
    clearTimeout(this.#suspendTimer)
    for (;;) {
      const present = this.#open()
      const result = await present.then(startContext).catch((error) => {
        if (present === this.#output) console.error(error)
        return 'failed' as const
      })
      // Meanwhile the rate may have changed, which needs another context.
      if (present === this.#output || result === 'running') return result
    }
  }

  #suspendLater(): void {
    clearTimeout(this.#suspendTimer)
    this.#suspendTimer = setTimeout(() => void this.#context?.suspend(), suspendDelay)
  }

  #open(): Promise<Output> {
    this.#output ??= this.#createOutput(defaultRate)
    return this.#output
  }

  async #createOutput(sampleRate: number): Promise<Output> {
    const { ring, segments, connect } = this.#options
    const context = new AudioContext({ sampleRate, latencyHint: 'playback' })
    this.#context = context
    if (this.#deviceId !== '') await moveToDevice(context, this.#deviceId)
    await context.audioWorklet.addModule(readerUrl)
    const adoption = adoptThread({ name: 'audio' })
    const processorOptions: PcmReaderOptions = { adoption, ring: ring.id }
    const node = new AudioWorkletNode(context, 'pcm-reader', {
      numberOfInputs: 0,
      outputChannelCount: [ring.channels],
      processorOptions,
    })
    connect(node, connectHowler(context))
    context.addEventListener('statechange', () => this.#onStateChange(context))
    segments.outputRate = context.sampleRate
    return { context, adoption, node }
  }

  async #moveToDevice(context: AudioContext): Promise<void> {
    this.#isMoving = true
    if (!(await moveToDevice(context, this.#deviceId))) this.#isMoving = false
  }

  #onStateChange(context: AudioContext): void {
    if (context !== this.#context) return
    if (context.state === 'running') this.#isMoving = false
    else if (this.#wantsSound && !this.#isMoving) this.#options.onInterrupted()
  }
}

async function startContext({ context }: Output): Promise<StartResult> {
  if (context.state === 'running') return 'running'
  const mayNeedClick = navigator.userActivation?.hasBeenActive === false
  await Promise.race([context.resume(), timeout(mayNeedClick ? clickTimeout : startTimeout)])
  // TypeScript does not see that the state has changed meanwhile.
  if ((context.state as AudioContextState) === 'running') return 'running'
  return mayNeedClick ? 'needsClick' : 'failed'
}

/**
 * Only Chromium can do this. A device that has disappeared meanwhile leaves the context where it is. Returns whether the
 * context has moved.
 */
async function moveToDevice(
  context: AudioContext & Partial<DeviceSelection>,
  deviceId: string,
): Promise<boolean> {
  if (context.setSinkId === undefined) return false
  return await context.setSinkId(deviceId).then(
    () => true,
    () => false,
  )
}

async function closeOutput({ context, node, adoption }: Output): Promise<void> {
  if (context.state === 'running') await timeout(fadeTime)
  node.port.postMessage('close')
  node.disconnect()
  await context.close()
  endAdoptedThread(adoption)
}

/** Makes Howler use this context. Returns its master gain, which has Howler's volume. */
function connectHowler(context: AudioContext): GainNode {
  const masterGain = new GainNode(context, { gain: Howler.volume() })
  masterGain.connect(context.destination)
  Object.assign(Howler, { ctx: context, masterGain, usingWebAudio: true, autoSuspend: false })
  return masterGain
}

const timeout = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

import { type Adoption, enterAdoptedThread, RingBuffer } from '@skein/threading/worklet'

/** What the processor gets from the page. */
export interface PcmReaderOptions {
  readonly adoption: Adoption
  readonly ring: number
}

// Types of the AudioWorkletGlobalScope, which TypeScript does not include.
declare const registerProcessor: (
  name: string,
  processor: new (options: { processorOptions: PcmReaderOptions }) => object,
) => void
declare class AudioWorkletProcessor {
  readonly port: MessagePort
}

/** The audio thread: plays what the ring `pcm` holds. It never waits. */
class PcmReader extends AudioWorkletProcessor {
  readonly #ring: RingBuffer
  #isClosed = false

  constructor({ processorOptions }: { processorOptions: PcmReaderOptions }) {
    super()
    enterAdoptedThread(processorOptions.adoption)
    this.#ring = RingBuffer.attach(processorOptions.ring)
    this.port.onmessage = () => {
      this.#isClosed = true
    }
  }

  process(_inputs: readonly Float32Array[][], [output]: readonly Float32Array[][]): boolean {
    if (output !== undefined && !this.#isClosed) this.#ring.read(output)
    return !this.#isClosed
  }
}

registerProcessor('pcm-reader', PcmReader)

import { type Adoption, enterAdoptedThread, RingBuffer } from '@skein/threading/worklet'

/** Runs in an AudioWorklet: plays what is in a ring, and posts what it played. */

declare class AudioWorkletProcessor {
  readonly port: MessagePort
}
declare function registerProcessor(name: string, processor: unknown): void

interface Options {
  readonly processorOptions: { readonly adoption: Adoption; readonly ring: number }
}

class RingProcessor extends AudioWorkletProcessor {
  readonly #ring: RingBuffer

  constructor({ processorOptions: { adoption, ring } }: Options) {
    super()
    enterAdoptedThread(adoption)
    this.#ring = RingBuffer.attach(ring)
  }

  process(_inputs: unknown, [output]: readonly (readonly Float32Array[])[]): boolean {
    if (output !== undefined && this.#ring.read(output) > 0)
      this.port.postMessage(output.map((channel) => channel.slice()))
    return true
  }
}
registerProcessor('ring', RingProcessor)

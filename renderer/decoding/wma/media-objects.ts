import { readAsfPacket } from './asf-packet.ts'

/** A whole object of a stream: one or more blocks that are decoded one after the other. */
export interface MediaObject {
  /** Milliseconds, with the file's preroll. */
  readonly time: number
  readonly bytes: Uint8Array
}

/** No encoder writes larger objects of sound. */
const maxObjectBytes = 4 * 1024 * 1024

interface PartialObject {
  readonly object: number
  readonly time: number
  readonly bytes: Uint8Array
  filled: number
}

/** Puts the objects of a stream together from the packets of a file, which have pieces of them. */
export class MediaObjects {
  readonly #stream: number
  #partial: PartialObject | undefined

  constructor(stream: number) {
    this.#stream = stream
  }

  /** Returns the objects that end in this packet. */
  add(packet: Uint8Array): MediaObject[] {
    const complete: MediaObject[] = []
    for (const { stream, object, offset, objectBytes, time, bytes } of readAsfPacket(packet)) {
      if (stream !== this.#stream) continue
      const size = objectBytes ?? bytes.length
      if (offset === 0) this.#begin(object, time, size)
      const partial = this.#partial
      if (
        partial?.object !== object ||
        partial.filled !== offset ||
        offset + bytes.length > partial.bytes.length
      ) {
        this.#partial = undefined
        continue
      }
      partial.bytes.set(bytes, offset)
      partial.filled += bytes.length
      if (partial.filled < partial.bytes.length) continue
      this.#partial = undefined
      complete.push({ time: partial.time, bytes: partial.bytes })
    }
    return complete
  }

  /** Forgets what was added, because the next packet is another one than the one behind the last. */
  reset(): void {
    this.#partial = undefined
  }

  #begin(object: number, time: number, size: number): void {
    this.#partial =
      size > maxObjectBytes ? undefined : { object, time, bytes: new Uint8Array(size), filled: 0 }
  }
}

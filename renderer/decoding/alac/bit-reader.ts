/** Bytes behind the data that can be read as zeros. */
const padding = 16

/** Reads bits of a packet, the most significant first. Behind the end of the packet are zeros. */
export class BitReader {
  /** In bits from the beginning of the packet. */
  position = 0
  #bytes = new Uint8Array(padding)
  #length = 0

  /** Begins to read another packet. */
  reset(packet: Uint8Array): void {
    if (this.#bytes.length < packet.length + padding)
      this.#bytes = new Uint8Array(packet.length * 2 + padding)
    this.#bytes.set(packet)
    this.#bytes.fill(0, packet.length, packet.length + padding)
    this.#length = packet.length * 8
    this.position = 0
  }

  /** Whether more bits were read than the packet has. */
  get isBeyondEnd(): boolean {
    return this.position > this.#length
  }

  /** Returns the next 32 bits without advancing, as a signed integer. */
  peek(): number {
    const index = this.position >>> 3
    if (index > this.#length >>> 3) throw new RangeError('The packet ends early.')
    const bytes = this.#bytes
    const shift = this.position & 7
    const word =
      ((bytes[index] as number) << 24) |
      ((bytes[index + 1] as number) << 16) |
      ((bytes[index + 2] as number) << 8) |
      (bytes[index + 3] as number)
    return (word << shift) | ((bytes[index + 4] as number) >> (8 - shift))
  }

  /** Returns the next 1 to 32 bits without a sign. */
  read(count: number): number {
    const value = this.peek() >>> (32 - count)
    this.position += count
    return value
  }

  /** Returns the next 1 to 32 bits in two's complement. */
  readSigned(count: number): number {
    const value = this.peek() >> (32 - count)
    this.position += count
    return value
  }

  alignToByte(): void {
    this.position = (this.position + 7) & ~7
  }
}

/** Frames per second of Opus, whatever the rate of the encoded sound was. */
export const opusRate = 48_000

/**
 * Frames that are decoded before a target, so that the decoder's state is that of the whole stream. The standard demands
 * 80 ms, after which the loudness still differs by some percent.
 */
export const opusPreRoll = 24_000

/** Returns the frames of an Opus packet by its first bytes: https://www.rfc-editor.org/rfc/rfc6716#section-3.1 */
export function opusPacketFrames(packet: Uint8Array): number {
  const toc = packet[0] ?? 0
  const configuration = toc >> 3
  const silk = [480, 960, 1920, 2880][configuration & 3] ?? 0
  const hybrid = [480, 960][configuration & 1] ?? 0
  const celt = [120, 240, 480, 960][configuration & 3] ?? 0
  const frame = configuration < 12 ? silk : configuration < 16 ? hybrid : celt
  const code = toc & 3
  const count = code === 0 ? 1 : code < 3 ? 2 : (packet[1] ?? 0) & 63
  return frame * count
}

/** An identification header with a pre-skip of 0, and the pre-skip that it had. */
export interface OpusHeader {
  /** Decoders differ in whether they discard the pre-skip. With this header, none does. */
  readonly description: Uint8Array<ArrayBuffer>
  readonly preSkip: number
  readonly channels: number
}

/** Reads an identification header (https://www.rfc-editor.org/rfc/rfc7845#section-5.1); undefined if it is not one. */
export function readOpusHeader(packet: Uint8Array): OpusHeader | undefined {
  if (packet.length < 19 || String.fromCharCode(...packet.subarray(0, 8)) !== 'OpusHead') return undefined
  const description = Uint8Array.from(packet)
  const view = new DataView(description.buffer)
  const preSkip = view.getUint16(10, true)
  view.setUint16(10, 0, true)
  return { description, preSkip, channels: description[9] ?? 0 }
}

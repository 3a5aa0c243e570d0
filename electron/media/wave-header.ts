export const waveHeaderBytes = 44

/** What a WAVE file tells of its samples. */
export interface WaveFormat {
  /** 1: integers (unsigned where they are single bytes), 3: floating point, 6: A-law, 7: µ-law. */
  readonly tag: number
  /** Bytes of one sample. */
  readonly width: number
  readonly channels: number
  /** Frames a second. */
  readonly rate: number
  /** Bytes of all samples. */
  readonly length: number
}

const maxUint32 = 2 ** 32 - 1

/**
 * The head of a WAVE file: the samples follow it. The plain form serves for 24 bits and for more than two channels
 * too, where the standard wants the extensible one: Chromium then takes the channels in their usual order.
 */
export function waveHeader({ tag, width, channels, rate, length }: WaveFormat): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(waveHeaderBytes)
  const view = new DataView(header.buffer)
  const name = (place: number, text: string) => header.set(new TextEncoder().encode(text), place)
  name(0, 'RIFF')
  view.setUint32(4, Math.min(waveHeaderBytes - 8 + length, maxUint32), true)
  name(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, tag, true)
  view.setUint16(22, channels, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * channels * width, true)
  view.setUint16(32, channels * width, true)
  view.setUint16(34, width * 8, true)
  name(36, 'data')
  view.setUint32(40, Math.min(length, maxUint32), true)
  return header
}

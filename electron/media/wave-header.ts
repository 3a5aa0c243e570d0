export const waveHeaderBytes = 44

/** The description of the samples in a WAVE file. */
export interface WaveFormat {
  /** 1: integers (unsigned if they are single bytes), 3: floating point, 6: A-law, 7: µ-law. */
  readonly tag: number
  /** Bytes of one sample. */
  readonly width: number
  readonly channels: number
  /** Frames per second. */
  readonly rate: number
  /** Bytes of all samples. */
  readonly length: number
}

const maxUint32 = 2 ** 32 - 1

/**
 * Returns the header of a WAVE file, which the samples follow. For 24 bits and for more than two channels the standard
 * requires the extensible form; with the plain one Chromium takes the channels in their usual order.
 */
export function waveHeader({ tag, width, channels, rate, length }: WaveFormat): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(waveHeaderBytes)
  const view = new DataView(header.buffer)
  const writeName = (offset: number, text: string) => header.set(new TextEncoder().encode(text), offset)
  writeName(0, 'RIFF')
  view.setUint32(4, Math.min(waveHeaderBytes - 8 + length, maxUint32), true)
  writeName(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, tag, true)
  view.setUint16(22, channels, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * channels * width, true)
  view.setUint16(32, channels * width, true)
  view.setUint16(34, width * 8, true)
  writeName(36, 'data')
  view.setUint32(40, Math.min(length, maxUint32), true)
  return header
}

import type { PcmBlock } from '../../shared/sound/audio-stream.ts'

export function sine(
  frequency: number,
  sampleRate: number,
  frames: number,
  amplitude = 1,
): Float32Array<ArrayBuffer> {
  return Float32Array.from(
    { length: frames },
    (_, frame) => amplitude * Math.sin((2 * Math.PI * frequency * frame) / sampleRate),
  )
}

export const block = (sampleRate: number, ...channels: Float32Array<ArrayBuffer>[]): PcmBlock => ({
  sampleRate,
  channels,
})

export const decibels = (ratio: number): number => 20 * Math.log10(ratio)

export function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
}

/** The sine of a known frequency that fits best, as its amplitude and the rest without it. */
export interface FittedSine {
  readonly amplitude: number
  readonly rest: Float32Array
}

export function fitSine(samples: Float32Array, frequency: number, sampleRate: number): FittedSine {
  const angle = (2 * Math.PI * frequency) / sampleRate
  let [cc, cs, ss, xc, xs] = [0, 0, 0, 0, 0]
  samples.forEach((sample, frame) => {
    const [c, s] = [Math.cos(angle * frame), Math.sin(angle * frame)]
    cc += c * c
    cs += c * s
    ss += s * s
    xc += sample * c
    xs += sample * s
  })
  const determinant = cc * ss - cs * cs
  const a = (xc * ss - xs * cs) / determinant
  const b = (xs * cc - xc * cs) / determinant
  const rest = samples.map(
    (sample, frame) => sample - a * Math.cos(angle * frame) - b * Math.sin(angle * frame),
  )
  return { amplitude: Math.hypot(a, b), rest }
}

export function join(parts: readonly PcmBlock[]): PcmBlock {
  const [first] = parts
  const channels = (first?.channels ?? []).map((_, channel) => {
    const total = parts.reduce((sum, part) => sum + part.channels[channel]!.length, 0)
    const joined = new Float32Array(total)
    let at = 0
    for (const part of parts) {
      joined.set(part.channels[channel]!, at)
      at += part.channels[channel]!.length
    }
    return joined
  })
  return { sampleRate: first?.sampleRate ?? 0, channels }
}

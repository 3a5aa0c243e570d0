/** The instruments: each turns a note into its sound, one channel, at `sampleRate`, faded to silence at its end. */

export const sampleRate = 48_000

export interface Note {
  readonly hertz: number
  /** How long the key is held; the sound rings on after it as its instrument does. */
  readonly seconds: number
  /** 0 … 1. */
  readonly velocity: number
  readonly random: () => number
}

export type Instrument = (note: Note) => Float32Array

/** A string plucked and damped (Karplus and Strong): a burst of noise in a loop that loses its edge. */
export const pluck: Instrument = ({ hertz, seconds, velocity, random }) => {
  const sound = new Float32Array(sampleCount(Math.max(seconds, 0.5) + 1.2))
  const damping = 0.3 * Math.min(1, 330 / hertz) // it delays by as many samples
  const period = sampleRate / hertz - damping
  const whole = Math.floor(period)
  const fraction = period - whole
  const loop = new Float32Array(whole + 2)
  let soft = 0
  for (let place = 0; place < loop.length; place++) {
    soft += (random() * 2 - 1 - soft) * (0.16 + 0.3 * velocity)
    loop[place] = soft
  }
  const ring = 0.7 + 420 / hertz // seconds until the sound has lost 60 dB, more for low strings
  const loss = 10 ** (-3 / (ring * 1.6 * hertz))
  const { length } = loop
  for (let place = 0; place < sound.length; place++) {
    const here = place % length
    const early = loop[(here + length - whole) % length] ?? 0
    const late = loop[(here + length - whole - 1) % length] ?? 0
    const value = place < length ? (loop[here] ?? 0) : createAllPass(early, late, fraction) * loss
    if (place >= length)
      loop[here] = (value + (loop[(here + length - 1) % length] ?? 0) * damping) / (1 + damping)
    sound[place] = Math.tanh(value * 3.2) * velocity * 0.65
  }
  return fadeEdges(sound, 0.002, Math.min(0.5, sound.length / sampleRate / 3))
}

function createAllPass(early: number, late: number, fraction: number): number {
  return early * (1 - fraction) + late * fraction
}

/** An electric piano: a sine bent by another that fades, with a bell at the start of the note. */
export const electricPiano: Instrument = ({ hertz, seconds, velocity }) =>
  synthesize(seconds, 0.35, (time, held) => {
    const decay = Math.exp(-time * (0.7 + hertz / 900))
    const bark = velocity * 1.5 * Math.exp(-time * 3.2)
    const bell = velocity * 0.35 * Math.exp(-time * 11)
    const phase = 2 * Math.PI * hertz * time
    const body = Math.sin(phase + bark * Math.sin(phase) + bell * Math.sin(phase * 14))
    return body * decay * held * attackEnvelope(time, 0.003) * velocity * 0.55
  })

/** A wooden bar with its two high partials. */
export const marimba: Instrument = ({ hertz, velocity }) =>
  synthesize(0.9, 0.4, (time, held) => {
    const phase = 2 * Math.PI * hertz * time
    const body = Math.sin(phase) * Math.exp((-time * (2.2 + hertz / 250)) / 1.2)
    const second = 0.28 * velocity * Math.sin(phase * 3.93) * Math.exp(-time * 16)
    const click = 0.12 * velocity * Math.sin(phase * 9.2) * Math.exp(-time * 45)
    return (body + second + click) * held * attackEnvelope(time, 0.002) * velocity * 0.7
  })

/** A small bell: partials that do not agree, each fading at its own pace. */
export const bell: Instrument = ({ hertz, velocity }) =>
  synthesize(2.6, 0.6, (time, held) => {
    const phase = 2 * Math.PI * hertz * time
    const sum =
      Math.sin(phase) * Math.exp(-time * 1.4) +
      0.45 * Math.sin(phase * 2.004) * Math.exp(-time * 2.2) +
      0.22 * Math.sin(phase * 3.01) * Math.exp(-time * 4) +
      0.14 * Math.sin(phase * 5.43) * Math.exp(-time * 9)
    return sum * held * attackEnvelope(time, 0.002) * velocity * 0.38
  })

/** A flute: a few partials, a breath of noise, and a vibrato that comes in late. */
export const flute: Instrument = ({ hertz, seconds, velocity, random }) => {
  let phase = 0
  let breath = 0
  const drift = 4.7 + random() * 0.6
  return synthesize(seconds, 0.16, (time, held) => {
    const depth = 0.0045 * Math.min(1, Math.max(0, time - 0.22) * 3)
    phase += (2 * Math.PI * hertz * (1 + depth * Math.sin(2 * Math.PI * drift * time))) / sampleRate
    breath += (random() * 2 - 1 - breath) * 0.22
    const swell =
      attackEnvelope(time, 0.055) * (0.86 + 0.14 * Math.sin(Math.PI * Math.min(1, time / seconds)))
    const tone =
      Math.sin(phase) + 0.26 * Math.sin(2 * phase) + 0.13 * Math.sin(3 * phase) + 0.04 * Math.sin(4 * phase)
    return (tone + breath * (0.05 + 0.2 * Math.exp(-time * 14))) * swell * held * velocity * 0.42
  })
}

/** Bowed strings: four saws slightly apart behind a filter that opens and closes with the note. */
export const strings: Instrument = (note) =>
  playSaws(note, { count: 4, detune: 0.0055, attackTime: 0.45, releaseTime: 0.9, brightness: 3.2 })

/** A soft pad: as the strings, slower and darker. */
export const pad: Instrument = (note) =>
  playSaws(note, { count: 4, detune: 0.007, attackTime: 0.9, releaseTime: 1.6, brightness: 2.1 })

/** A synthesiser's short note: two saws, and a filter that shuts at once. Its velocity is its brightness. */
export const synthPluck: Instrument = ({ hertz, seconds, velocity, random }) => {
  const filter = createLowPass(0.35)
  const saw = [createSawtooth(hertz * 1.003, random()), createSawtooth(hertz * 0.997, random())]
  return synthesize(Math.max(0.12, seconds), 0.14, (time, held) => {
    const cutoff = hertz * 1.2 + velocity ** 2 * 5200 * Math.exp(-time * 9)
    const raw = saw.reduce((sum, next) => sum + next(), 0)
    return (
      filter(raw, cutoff) *
      held *
      attackEnvelope(time, 0.003) *
      Math.exp(-time * 3.5) *
      (0.22 + 0.2 * velocity)
    )
  })
}

/** A singing lead: a triangle with a little of a pulse in it, a late vibrato, softly filtered. */
export const lead: Instrument = ({ hertz, seconds, velocity, random }) => {
  const filter = createLowPass(0.2)
  let phase = random()
  return synthesize(seconds, 0.18, (time, held) => {
    const depth = 0.005 * Math.min(1, Math.max(0, time - 0.3) * 2.5)
    phase = (phase + (hertz * (1 + depth * Math.sin(2 * Math.PI * 5.2 * time))) / sampleRate) % 1
    const triangle = 4 * Math.abs(phase - 0.5) - 1
    const pulse = Math.tanh(6 * Math.sin(2 * Math.PI * phase))
    const cutoff = hertz * (2 + 3 * velocity * Math.exp(-time * 2))
    return filter(triangle * 0.75 + pulse * 0.3, cutoff) * held * attackEnvelope(time, 0.02) * velocity * 0.5
  })
}

/** A round bass: a sine with its octave, pressed a little. */
export const bass: Instrument = ({ hertz, seconds, velocity }) =>
  synthesize(seconds, 0.1, (time, held) => {
    const phase = 2 * Math.PI * hertz * time
    const wave =
      Math.sin(phase) +
      0.35 * Math.exp(-time * 3) * Math.sin(2 * phase) +
      0.12 * Math.exp(-time * 7) * Math.sin(3 * phase)
    return (
      Math.tanh(wave * 1.3) *
      (0.65 + 0.35 * Math.exp(-time * 3)) *
      held *
      attackEnvelope(time, 0.006) *
      velocity *
      0.6
    )
  })

export const kick: Instrument = ({ velocity }) => {
  let phase = 0
  return synthesize(0.24, 0.12, (time, held) => {
    phase += (2 * Math.PI * (46 + 95 * Math.exp(-time * 32))) / sampleRate
    return Math.sin(phase) * Math.exp(-time * 9) * held * attackEnvelope(time, 0.002) * velocity
  })
}

/** A snare played with brushes. */
export const brush: Instrument = ({ velocity, random }) => {
  const filter = createLowPass(0.3)
  let former = 0
  return synthesize(0.1, 0.16, (time, held) => {
    const noise = filter(random() * 2 - 1, 5200)
    const thin = noise - former
    former = noise
    const skin = 0.25 * Math.sin(2 * Math.PI * 185 * time) * Math.exp(-time * 28)
    return (thin * 0.9 * Math.exp(-time * 15) + skin) * held * attackEnvelope(time, 0.006) * velocity * 0.8
  })
}

/** A closed hi-hat or, longer held, a soft ride. */
export const hat: Instrument = ({ seconds, velocity, random }) => {
  let low = 0
  let lower = 0
  return synthesize(seconds, 0.05, (time, held) => {
    const noise = random() * 2 - 1
    low += (noise - low) * 0.55
    lower += (noise - low - lower) * 0.6
    return (
      (noise - low - lower * 0.5) *
      Math.exp(-time * (3 / seconds)) *
      held *
      attackEnvelope(time, 0.001) *
      velocity *
      0.3
    )
  })
}

interface SawOptions {
  readonly count: number
  /** How far the outer saws are off, as a part of the frequency. */
  readonly detune: number
  readonly attackTime: number
  readonly releaseTime: number
  /** The filter's cutoff at the height of the note, as a multiple of the frequency. */
  readonly brightness: number
}

function playSaws({ hertz, seconds, velocity, random }: Note, options: SawOptions): Float32Array {
  const { count, detune: apart, attackTime: rise, releaseTime: release, brightness: bright } = options
  const voices = Array.from({ length: count }, (_, place) =>
    createSawtooth(hertz * (1 + apart * ((2 * place) / (count - 1) - 1)), random()),
  )
  const filter = createLowPass(0.1)
  return synthesize(seconds, release, (time, held) => {
    const swell = attackEnvelope(time, rise)
    const cutoff = 140 + hertz * bright * (0.35 + 0.65 * swell * held) * (0.6 + 0.4 * velocity)
    const raw = voices.reduce((sum, next) => sum + next(), 0)
    return filter(raw, cutoff) * swell * held * velocity * 0.16
  })
}

/** A saw without the jump that folds high partials back (PolyBLEP). */
function createSawtooth(hertz: number, start: number): () => number {
  const step = hertz / sampleRate
  let phase = start
  return () => {
    phase += step
    if (phase >= 1) phase -= 1
    let value = 2 * phase - 1
    if (phase < step) {
      const near = phase / step
      value -= near + near - near * near - 1
    } else if (phase > 1 - step) {
      const near = (phase - 1) / step
      value -= near * near + near + near + 1
    }
    return value
  }
}

/** A state-variable low-pass filter of 12 dB an octave; `resonance` from 0 up to 1. */
function createLowPass(resonance: number): (input: number, cutoff: number) => number {
  let first = 0
  let second = 0
  const damping = 2 - 1.8 * resonance
  return (input, cutoff) => {
    const g = Math.tan((Math.PI * Math.min(cutoff, sampleRate * 0.45)) / sampleRate)
    const band = (g * (input - second) + first) / (1 + g * (g + damping))
    const low = second + g * band
    first = 2 * band - first
    second = 2 * low - second
    return low
  }
}

/** Calls `sound` for each sample with the time and an envelope that falls from 1 to 0 once the key is let go. */
function synthesize(
  seconds: number,
  release: number,
  sound: (time: number, held: number) => number,
): Float32Array {
  const result = new Float32Array(sampleCount(seconds + release))
  for (let place = 0; place < result.length; place++) {
    const time = place / sampleRate
    const after = Math.max(0, time - seconds) / release
    result[place] = sound(time, (1 - after) ** 2)
  }
  return fadeEdges(result, 0, 0.01)
}

function attackEnvelope(time: number, rise: number): number {
  return time >= rise ? 1 : 0.5 - 0.5 * Math.cos((Math.PI * time) / rise)
}

function fadeEdges(sound: Float32Array, fadeIn: number, fadeOut: number): Float32Array {
  const first = sampleCount(fadeIn)
  const last = sampleCount(fadeOut)
  for (let place = 0; place < first; place++) sound[place] = (sound[place] ?? 0) * (place / first)
  for (let place = 0; place < last; place++) {
    const here = sound.length - 1 - place
    sound[here] = (sound[here] ?? 0) * (place / last)
  }
  return sound
}

function sampleCount(seconds: number): number {
  return Math.round(seconds * sampleRate)
}

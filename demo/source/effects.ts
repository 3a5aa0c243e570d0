import type { Stereo } from './arrangement.ts'
import { sampleRate } from './instruments.ts'

const combDelays = [1557, 1617, 1491, 1422, 1277, 1356, 1188, 1116]
const allPassDelays = [556, 441, 341, 225]
const rightDelayOffset = 23

/** A room after Schroeder and Moorer: eight damped combs side by side, then four all-passes, for each ear. */
export function addReverb(input: Stereo): Stereo {
  // Each ear hears some of the other side's room.
  const blend = (one: Float32Array, other: Float32Array) =>
    one.map((value, place) => value * 0.75 + (other[place] ?? 0) * 0.35)
  return {
    left: simulateRoom(blend(input.left, input.right), 0),
    right: simulateRoom(blend(input.right, input.left), rightDelayOffset),
  }
}

function simulateRoom(input: Float32Array, spread: number): Float32Array {
  const early = Math.round(0.018 * sampleRate)
  const delayed = new Float32Array(input.length)
  delayed.set(input.subarray(0, Math.max(0, input.length - early)), early)
  let sum = new Float32Array(input.length)
  for (const delay of combDelays) addComb(delayed, sum, scaleDelay(delay + spread))
  for (const delay of allPassDelays) sum = allPass(sum, scaleDelay(delay + spread))
  return sum.map((value) => value * 0.11)
}

/** The delays are customary for 44.1 kHz. */
function scaleDelay(delay: number): number {
  return Math.round((delay * sampleRate) / 44_100)
}

function addComb(input: Float32Array, sum: Float32Array, delay: number): void {
  const loop = new Float32Array(delay)
  let damped = 0
  for (let place = 0; place < input.length; place++) {
    const here = place % delay
    const out = loop[here] ?? 0
    damped = out * 0.72 + damped * 0.28
    loop[here] = (input[place] ?? 0) + damped * 0.86
    sum[place] = (sum[place] ?? 0) + out
  }
}

function allPass(input: Float32Array, delay: number): Float32Array<ArrayBuffer> {
  const loop = new Float32Array(delay)
  return Float32Array.from(input, (value, place) => {
    const here = place % delay
    const former = loop[here] ?? 0
    loop[here] = value + former * 0.5
    return former - value
  })
}

/** Repeats that go from side to side, each softer and darker than the one before. */
export function addEcho(input: Stereo, seconds: number): Stereo {
  const delay = Math.round(seconds * sampleRate)
  const { length } = input.left
  const left = new Float32Array(length)
  const right = new Float32Array(length)
  let softLeft = 0
  let softRight = 0
  for (let place = delay; place < length; place++) {
    const before = place - delay
    softLeft += ((input.left[before] ?? 0) + (right[before] ?? 0) * 0.42 - softLeft) * 0.4
    softRight += ((input.right[before] ?? 0) + (left[before] ?? 0) * 0.42 - softRight) * 0.4
    left[place] = softLeft
    right[place] = softRight
  }
  return { left, right }
}

const targetLoudness = -16
const maxPeak = 10 ** (-1.5 / 20)

/** The song at the album's loudness (in LUFS, after ITU-R BS.1770), its peaks rounded off, its end faded out. */
export function masterMix(mix: Stereo, fadeOut: number): Stereo {
  const clean = { left: highPass(mix.left), right: highPass(mix.right) }
  fadeOutEnd(clean, fadeOut)
  const gain = 10 ** ((targetLoudness - measureLoudness(clean)) / 20)
  const finish = (channel: Float32Array) => channel.map((value) => softClip(value * gain))
  return { left: finish(clean.left), right: finish(clean.right) }
}

/** Straight up to −6 dB, then bent so that it never passes the highest peak. */
function softClip(value: number): number {
  const knee = 0.5
  const size = Math.abs(value)
  if (size <= knee) return value
  const space = maxPeak - knee
  return Math.sign(value) * (knee + space * Math.tanh((size - knee) / space))
}

/** Takes away what is too low to hear. */
function highPass(channel: Float32Array): Float32Array {
  const step = 1 - Math.exp((-2 * Math.PI * 28) / sampleRate)
  let low = 0
  return channel.map((value) => {
    low += (value - low) * step
    return value - low
  })
}

function fadeOutEnd({ left, right }: Stereo, seconds: number): void {
  const count = Math.round(seconds * sampleRate)
  for (let place = 0; place < count; place++) {
    const at = left.length - 1 - place
    const gain = Math.sin((Math.PI / 2) * (place / count)) ** 2
    left[at] = (left[at] ?? 0) * gain
    right[at] = (right[at] ?? 0) * gain
  }
}

/** Integrated loudness with both gates, over blocks of 400 ms that overlap by three quarters. */
function measureLoudness({ left, right }: Stereo): number {
  const weighted = [applyKWeighting(left), applyKWeighting(right)]
  const size = 0.4 * sampleRate
  const powers: number[] = []
  for (let start = 0; start + size <= left.length; start += size / 4) {
    let power = 0
    for (const channel of weighted) {
      for (let place = start; place < start + size; place++) power += (channel[place] ?? 0) ** 2
    }
    powers.push(power / size)
  }
  const inLufs = (power: number) => -0.691 + 10 * Math.log10(power)
  const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length
  const heard = powers.filter((power) => inLufs(power) > -70)
  const gate = inLufs(mean(heard)) - 10
  return inLufs(mean(heard.filter((power) => inLufs(power) > gate)))
}

/** How the ear weighs frequencies: the standard's two filters for 48 kHz. */
function applyKWeighting(channel: Float32Array): Float32Array {
  const shelf = biquad(
    channel,
    [1.53512485958697, -2.69169618940638, 1.19839281085285],
    [-1.69065929318241, 0.73248077421585],
  )
  return biquad(shelf, [1, -2, 1], [-1.99004745483398, 0.99007225036621])
}

function biquad(
  input: Float32Array,
  [b0, b1, b2]: readonly [number, number, number],
  [a1, a2]: readonly [number, number],
): Float32Array {
  let first = 0
  let second = 0
  return input.map((value) => {
    const out = b0 * value + first
    first = b1 * value - a1 * out + second
    second = b2 * value - a2 * out
    return out
  })
}

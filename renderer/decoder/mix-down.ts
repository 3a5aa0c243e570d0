/** The share of the centre and the surround channels in both sides: −3 dB, as in ITU-R BS.775. */
const share = Math.SQRT1_2

/**
 * For each number of channels the factors of each channel in the left and in the right side. The sequence is that of
 * FLAC, Vorbis and WAV: left, right, centre, low frequencies, then back and sides. Low frequencies are left out.
 */
const factors: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  3: [
    [1, 0],
    [0, 1],
    [share, share],
  ],
  4: [
    [1, 0],
    [0, 1],
    [share, 0],
    [0, share],
  ],
  5: [
    [1, 0],
    [0, 1],
    [share, share],
    [share, 0],
    [0, share],
  ],
  6: [
    [1, 0],
    [0, 1],
    [share, share],
    [0, 0],
    [share, 0],
    [0, share],
  ],
  7: [
    [1, 0],
    [0, 1],
    [share, share],
    [0, 0],
    [share / 2, share / 2],
    [share, 0],
    [0, share],
  ],
  8: [
    [1, 0],
    [0, 1],
    [share, share],
    [0, 0],
    [share, 0],
    [0, share],
    [share, 0],
    [0, share],
  ],
}

/** Returns two channels: mono on both, more than two mixed down, each multiplied by `gain`. */
export function mixToStereo(
  channels: readonly Float32Array<ArrayBuffer>[],
  gain: number,
): Float32Array<ArrayBuffer>[] {
  const [first = new Float32Array(0), second = first] = channels
  const rows = factors[channels.length]
  if (rows === undefined) return scaled(first, second, gain)
  return [0, 1].map((side) => {
    const mixed = new Float32Array(first.length)
    for (const [index, samples] of channels.entries()) {
      const factor = (rows[index]?.[side] ?? 0) * gain
      if (factor !== 0) addScaled(mixed, samples, factor)
    }
    return mixed
  })
}

function scaled(left: Float32Array<ArrayBuffer>, right: Float32Array<ArrayBuffer>, gain: number) {
  if (gain === 1) return [left, right]
  const scaledLeft = left.map((sample) => sample * gain)
  return [scaledLeft, left === right ? scaledLeft : right.map((sample) => sample * gain)]
}

function addScaled(sum: Float32Array, samples: Float32Array, factor: number): void {
  for (let frame = 0; frame < sum.length; frame++) sum[frame]! += samples[frame]! * factor
}

/** Indexes of the input. */
export interface SimilarityRequest {
  /** Where the passage begins to which another one should be similar. */
  readonly target: number
  /** The range in which the other one may begin. */
  readonly from: number
  readonly to: number
  /** The length of both. */
  readonly frames: number
}

/** Frames that the first, coarse search takes together. */
const coarseness = 4

/** Returns where the most similar passage begins: a coarse search, then a precise one around its result. */
export function findSimilar(channels: readonly Float32Array[], request: SimilarityRequest): number {
  const { target, from, to, frames } = request
  const coarseTargets = channels.map((input) => averages(input, target, frames))
  const coarseRanges = channels.map((input) => averages(input, from, to - from + frames))
  const coarseLength = Math.floor(frames / coarseness)
  const coarse = bestStart(coarseRanges, coarseTargets, 0, Math.floor((to - from) / coarseness), coarseLength)
  const targets = channels.map((input) => input.subarray(target, target + frames))
  const around = from + coarse * coarseness
  return bestStart(
    channels,
    targets,
    Math.max(from, around - coarseness),
    Math.min(to, around + coarseness),
    frames,
  )
}

function averages(input: Float32Array, start: number, frames: number): Float32Array {
  const result = new Float32Array(Math.floor(frames / coarseness))
  for (let index = 0; index < result.length; index++) {
    let sum = 0
    for (let frame = 0; frame < coarseness; frame++) sum += input[start + index * coarseness + frame]!
    result[index] = sum / coarseness
  }
  return result
}

/** Returns the start with the highest correlation to the targets, relative to the energy there. */
function bestStart(
  channels: readonly Float32Array[],
  targets: readonly Float32Array[],
  from: number,
  to: number,
  frames: number,
): number {
  let best = Math.round((from + to) / 2)
  let highest = 0
  for (let start = from; start <= to; start++) {
    let product = 0
    let energy = 0
    for (const [channel, input] of channels.entries()) {
      const target = targets[channel]!
      for (let frame = 0; frame < frames; frame++) {
        const sample = input[start + frame]!
        product += sample * target[frame]!
        energy += sample * sample
      }
    }
    const similarity = energy > 0 ? product / Math.sqrt(energy) : 0
    if (similarity > highest) {
      highest = similarity
      best = start
    }
  }
  return best
}

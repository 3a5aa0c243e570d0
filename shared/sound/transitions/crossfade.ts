/** Factors for the song that ends and the song that begins. */
export interface CrossfadeGains {
  readonly outgoing: number
  readonly incoming: number
}

/**
 * Returns the gains at a position from 0 (only the first song) to 1 (only the second). The powers add up to 1, so the
 * loudness of two different songs does not dip.
 */
export function crossfadeGains(position: number): CrossfadeGains {
  const share = Math.min(1, Math.max(0, position))
  // Exact at both ends: the fade must not leave a rest of the first song behind.
  if (share === 0) return { outgoing: 1, incoming: 0 }
  if (share === 1) return { outgoing: 0, incoming: 1 }
  const angle = (share * Math.PI) / 2
  return { outgoing: Math.cos(angle), incoming: Math.sin(angle) }
}

/**
 * Adds up two songs, of which each has the same channels. The frame at index n has the position `first + n` of a
 * crossfade of `length` frames.
 */
export function mixCrossfade(
  outgoing: readonly Float32Array[],
  incoming: readonly Float32Array[],
  first: number,
  length: number,
): Float32Array<ArrayBuffer>[] {
  const frames = Math.min(outgoing[0]?.length ?? 0, incoming[0]?.length ?? 0)
  const mixed = outgoing.map(() => new Float32Array(frames))
  for (let frame = 0; frame < frames; frame++) {
    const gains = crossfadeGains((first + frame) / length)
    for (const [channel, samples] of mixed.entries())
      samples[frame] =
        gains.outgoing * outgoing[channel]![frame]! + gains.incoming * incoming[channel]![frame]!
  }
  return mixed
}

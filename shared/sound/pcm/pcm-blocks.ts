import type { PcmBlock } from '../audio-stream.ts'

/** Returns a block of silence. */
export function silence(frames: number, sampleRate: number, channels: number): PcmBlock {
  return { sampleRate, channels: Array.from({ length: channels }, () => new Float32Array(frames)) }
}

/** Returns the frames from `start` to before `end` of a block, without copying them. */
export function cutBlock({ sampleRate, channels }: PcmBlock, start: number, end: number): PcmBlock {
  return { sampleRate, channels: channels.map((samples) => samples.subarray(start, end)) }
}

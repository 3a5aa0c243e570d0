import type { PcmBlock } from '../../shared/sound/audio-stream.ts'

/** Copies the samples of a decoder's output. */
export function copyPcm(data: AudioData): PcmBlock {
  const channels = Array.from({ length: data.numberOfChannels }, (_, planeIndex) => {
    const samples = new Float32Array(data.numberOfFrames)
    data.copyTo(samples, { planeIndex, format: 'f32-planar' })
    return samples
  })
  return { sampleRate: data.sampleRate, channels }
}

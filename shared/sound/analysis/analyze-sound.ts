import type { AudioStream } from '../audio-stream.ts'
import { LoudnessMeter } from '../loudness/loudness-meter.ts'
import { encodeBytes, encodeWaveform, type SoundAnalysis } from './sound-analysis.ts'
import { WaveformBuilder } from './waveform.ts'

/**
 * Reads a song once and returns what is found in it. Before each block it waits for `turn`, which resolves with false to
 * give up; then the result is undefined. The caller closes the stream.
 */
export async function analyzeSound(
  stream: Pick<AudioStream, 'read'>,
  turn: () => Promise<boolean> | boolean,
): Promise<SoundAnalysis | undefined> {
  const meter = new LoudnessMeter({ isMonoDoubled: true })
  const waveform = new WaveformBuilder()
  for (;;) {
    if (!(await turn())) return undefined
    const block = await stream.read()
    if (block === undefined) break
    meter.add(block)
    waveform.add(block)
  }
  meter.finish()
  return {
    loudness: meter.loudness,
    peak: meter.peak,
    histogram: encodeBytes(meter.histogram.encode()),
    waveform: encodeWaveform(waveform.build()),
  }
}

import { defineTargets, ShutDown } from '@skein/threading'
import { analyzeSound } from '../../shared/sound/analysis/analyze-sound.ts'
import { Segments } from '../../shared/sound/playing/segments.ts'
import { DecodeError } from '../../shared/sound/stream-error.ts'
import type { AnalysisRequest, AnalysisResult, AnalyzerChannels } from './analyzer-channels.ts'

/** Milliseconds after which the ring is looked at again. Nothing wakes this thread when it is full. */
const scarcityInterval = 50

/**
 * The thread `analyzer`: reads songs from beginning to end, and finds how loud they are and what they look like. It works
 * only while `mayAnalyze` is set.
 */
export async function analyzer(channels: AnalyzerChannels): Promise<void> {
  try {
    for (;;) {
      const request = await channels.analyzing.getAsync()
      const result = await analyze(channels, request)
      channels.analyses.put({ ...result, number: request.number })
    }
  } catch (error) {
    if (!(error instanceof ShutDown)) throw error
  }
}
defineTargets({ analyzer })

/** Returns whether less than a second is left to be heard. */
function isSoundScarce({ ahead }: AnalyzerChannels): boolean {
  if (ahead === undefined) return false
  const { pcm, segments } = ahead
  return !pcm.isPaused && !pcm.isSilent && pcm.framesBuffered < new Segments(segments).outputRate
}

const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

async function analyze(channels: AnalyzerChannels, request: AnalysisRequest): Promise<AnalysisResult> {
  const isWanted = () => channels.wantedAnalysis.peek() === request.number
  const turn = async () => {
    while (isWanted() && !channels.mayAnalyze.isSet()) await channels.mayAnalyze.waitAsync()
    while (isWanted() && isSoundScarce(channels)) await delay(scarcityInterval)
    return isWanted()
  }
  if (!(await turn())) return { kind: 'cancelled' }
  try {
    // The decoders are loaded when they are needed.
    const { openFetchSource } = await import('../decoding/fetch-source.ts')
    const { openAudioStream } = await import('../decoding/open-audio-stream.ts')
    const stream = await openAudioStream(await openFetchSource(request.url), request.path)
    try {
      const analysis = await analyzeSound(stream, turn)
      return analysis === undefined ? { kind: 'cancelled' } : { kind: 'analyzed', analysis }
    } finally {
      stream.close()
    }
  } catch (error) {
    if (error instanceof ShutDown) throw error
    return { kind: error instanceof DecodeError ? 'undecodable' : 'unreadable' }
  }
}

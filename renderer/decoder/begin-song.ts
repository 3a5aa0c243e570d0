import { blockFrames, type PcmBlock } from '../../shared/sound/audio-stream.ts'
import type { DecoderSong } from '../../shared/sound/playing/decoder-messages.ts'
import type { Segment } from '../../shared/sound/playing/segments.ts'
import { type DecodeRequest, type JobContext, reportHeard, stepFrames, writeBlock } from './job-context.ts'
import { RateConverter } from './rate-converter.ts'
import { SongCursor } from './song-cursor.ts'
import type { SongInput } from './song-input.ts'

/** The seconds of sound with which a song begins: with less, the ring could be empty before more is decoded. */
const firstSeconds = 0.1

/** The seconds by which a resampler begins earlier, to be in step with one that has run before. */
const warmUpSeconds = 0.05

/** Milliseconds after which the sound before a seek or skip ends, although the new one is not ready. */
const maxOldSound = 300

/** Replaces what the ring holds by the requested song. Returns undefined if `signal` was aborted meanwhile. */
export async function beginSong(
  context: JobContext,
  request: DecodeRequest,
  signal: AbortSignal,
): Promise<SongCursor | undefined> {
  const { output, shelf } = context
  const timer = setTimeout(() => signal.aborted || output.reset(), maxOldSound)
  try {
    const input = await shelf.take(request.song)
    try {
      return await beginInput(context, request, input, signal)
    } finally {
      if (signal.aborted) shelf.put(input)
    }
  } finally {
    clearTimeout(timer)
  }
}

async function beginInput(
  context: JobContext,
  { song, position, speed }: DecodeRequest,
  input: SongInput,
  signal: AbortSignal,
): Promise<SongCursor | undefined> {
  const { output, segments } = context
  const songRate = input.sampleRate
  await input.seek(Math.round(position * songRate))
  const songFrame = input.position
  if (signal.aborted) return undefined
  const ringRate = await context.requestRate(song.segment, songRate)
  const cursor = new SongCursor(song, input, new RateConverter(songRate, ringRate, speed))
  const blocks = await gather(cursor, firstSeconds * ringRate, signal)
  if (signal.aborted) return undefined
  output.reset()
  const firstFrame = output.writeIndex
  // Added first: a thread that replaces this one continues from here.
  segments.add({ number: song.segment, firstFrame, songFrame, songRate, ringRate, speed })
  for (const block of blocks) await writeBlock(context, block, signal)
  announce(context, song.segment, firstFrame, input, signal)
  return signal.aborted ? undefined : cursor
}

async function gather(cursor: SongCursor, frames: number, signal: AbortSignal): Promise<PcmBlock[]> {
  const blocks: PcmBlock[] = []
  for (let gathered = 0; gathered < frames && !signal.aborted; ) {
    const block = await cursor.pull(stepFrames)
    if (block === undefined) break
    blocks.push(block)
    gathered += blockFrames(block)
  }
  return blocks
}

/** Continues behind the last frame that a thread has written which is dead now. */
export async function continueSong(
  context: JobContext,
  segment: Segment,
  song: DecoderSong,
  signal: AbortSignal,
): Promise<SongCursor | undefined> {
  const { output, shelf } = context
  const { firstFrame, songFrame, songRate, ringRate, speed } = segment
  const input = await shelf.take(song)
  const step = (songRate / ringRate) * speed
  const frame = songFrame + Math.max(0, Math.round((output.writeIndex - firstFrame) * step))
  const warmUp = songRate === ringRate ? 0 : Math.min(frame, Math.round(warmUpSeconds * songRate))
  await input.seek(frame - warmUp)
  const cursor = new SongCursor(song, input, new RateConverter(songRate, ringRate, speed))
  if (warmUp > 0) await cursor.pullExactly(Math.round(warmUp / step))
  announce(context, segment.number, firstFrame, input, signal)
  return cursor
}

function announce(
  context: JobContext,
  segment: number,
  firstFrame: number,
  { duration }: SongInput,
  signal: AbortSignal,
): void {
  if (signal.aborted) return
  context.report({ kind: 'ready', segment, duration })
  reportHeard(context, segment, firstFrame, signal)
}

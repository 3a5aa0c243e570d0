import { blockFrames } from '../../shared/sound/audio-stream.ts'
import { mixCrossfade } from '../../shared/sound/transitions/crossfade.ts'
import type { FollowingInput } from './following-input.ts'
import { type JobContext, reportHeard, stepFrames, writeBlock } from './job-context.ts'
import { RateConverter } from './rate-converter.ts'
import { SongCursor } from './song-cursor.ts'
import type { SongInput } from './song-input.ts'

/** A shorter rest of a song does not fade: it would be no more than a bump. */
const minFadeSeconds = 0.5

export interface Fade {
  /** The frame of the song with which it begins. */
  readonly start: number
  readonly seconds: number
}

/** Returns where a song fades into the next one; undefined if it plays to its end, also if its end is not known. */
export function fadeOf(song: SongInput, next: FollowingInput | undefined): Fade | undefined {
  if (next?.transition.kind !== 'crossfade' || next.input === undefined || song.frames === undefined)
    return undefined
  const rest = song.duration - song.position / song.sampleRate
  const nextHalf = next.input.duration === 0 ? Number.POSITIVE_INFINITY : next.input.duration / 2
  const wanted = Math.min(next.transition.seconds, song.duration / 2, nextHalf)
  const seconds = Math.min(wanted, rest)
  if (seconds < minFadeSeconds) return undefined
  return { start: Math.round((song.duration - seconds) * song.sampleRate), seconds }
}

/** Joins a song to the end of another one, without a gap. */
export async function joinSong(
  context: JobContext,
  before: SongCursor,
  { song }: FollowingInput,
  input: SongInput,
  signal: AbortSignal,
): Promise<SongCursor> {
  const { output } = context
  const ringRate = before.converter.to
  let { converter } = before
  if (converter.from !== input.sampleRate) {
    await writeBlock(context, converter.flush(), signal)
    converter = new RateConverter(input.sampleRate, ringRate, speedOf(context))
  }
  const cursor = new SongCursor(song, input, converter)
  addSegment(context, cursor, output.writeIndex + converter.pending, signal)
  return cursor
}

/** Fades into the next song. Both sound for `seconds`; the next one counts as the present one from the beginning. */
export async function crossfadeSong(
  context: JobContext,
  before: SongCursor,
  { song }: FollowingInput,
  input: SongInput,
  seconds: number,
  signal: AbortSignal,
): Promise<SongCursor> {
  const ringRate = before.converter.to
  const cursor = new SongCursor(song, input, new RateConverter(input.sampleRate, ringRate, speedOf(context)))
  addSegment(context, cursor, context.output.writeIndex, signal)
  const length = Math.round(seconds * ringRate)
  for (let faded = 0; faded < length && !signal.aborted; ) {
    const frames = Math.min(stepFrames, length - faded)
    const outgoing = await before.pullExactly(frames)
    const incoming = await cursor.pullExactly(frames)
    const channels = mixCrossfade(outgoing.channels, incoming.channels, faded, length)
    await writeBlock(context, { sampleRate: ringRate, channels }, signal)
    faded += blockFrames(outgoing)
  }
  return cursor
}

/** The speed of the songs so far. */
const speedOf = ({ segments }: JobContext): number => segments.last?.speed ?? 1

function addSegment(
  context: JobContext,
  { song, input, converter }: SongCursor,
  firstFrame: number,
  signal: AbortSignal,
): void {
  const { sampleRate: songRate, position: songFrame } = input
  const speed = speedOf(context)
  context.segments.add({
    number: song.segment,
    firstFrame,
    songFrame,
    songRate,
    ringRate: converter.to,
    speed,
  })
  reportHeard(context, song.segment, firstFrame, signal)
}

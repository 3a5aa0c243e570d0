import type { PcmBlock } from '../../shared/sound/audio-stream.ts'
import type { DecoderReport, DecoderRequest } from '../../shared/sound/playing/decoder-messages.ts'
import type { Segments } from '../../shared/sound/playing/segments.ts'
import type { RingOutput } from './ring-output.ts'
import type { SongShelf } from './song-shelf.ts'

export type DecodeRequest = Extract<DecoderRequest, { kind: 'decode' }>

/** What a job uses of its thread. */
export interface JobContext {
  readonly output: RingOutput
  readonly segments: Segments
  readonly shelf: SongShelf
  readonly report: (report: DecoderReport) => void
  /** Asks for a rate of the sound output. Resolves with the rate that it has then. */
  readonly requestRate: (segment: number, rate: number) => Promise<number>
}

/** Frames of a song that are decoded in one step. */
export const stepFrames = 8192

/** Writes a block as there is room for it. */
export async function writeBlock(
  { output, report }: JobContext,
  block: PcmBlock,
  signal: AbortSignal,
): Promise<void> {
  await output.write(block, signal, () => report({ kind: 'progress' }))
}

/** Reports that a segment is heard as soon as its first frame is read. */
export function reportHeard(
  { output, report }: JobContext,
  segment: number,
  firstFrame: number,
  signal: AbortSignal,
): void {
  void output.whenRead(firstFrame + 1, signal).then(() => {
    if (!signal.aborted) report({ kind: 'heard', segment })
  })
}

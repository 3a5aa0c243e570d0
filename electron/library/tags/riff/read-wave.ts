import { m } from '../../../../shared/i18n/messages.js'
import { parseNow } from '../../../../shared/sound/bytes/byte-parser.ts'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { findFirstFrame } from '../../../../shared/sound/mpeg/find-frames.ts'
import {
  isPlayableWave,
  waveCodecName,
  waveFrameBytes,
  waveTags,
} from '../../../../shared/sound/pcm/wave-format.ts'
import { findWaveLayout, type WaveLayout } from '../../../../shared/sound/pcm/wave-layout.ts'
import type { MediaReading } from '../media-reading.ts'
import { readMpegAudio } from '../mpeg/read-mpeg.ts'
import { sampleSpans } from '../sound-sample.ts'
import { listInfo, readInfoList } from './info-list.ts'
import { decodeTextValues } from './text-values.ts'

/** A file of chunks: what its chunks with sound and text say, and where its ID3 tags are. */
export interface ChunkReading {
  readonly reading: MediaReading
  /** Positions in the file. */
  readonly id3Tags: readonly number[]
}

/** Reads a WAVE file (RIFF, RIFX, RF64, BW64 or W64); undefined if it has no sound. */
export async function readWave(reader: ByteReader): Promise<ChunkReading | undefined> {
  const layout = parseNow(reader, findWaveLayout(reader.size))
  if (layout === undefined) return undefined
  const codec = waveCodecName(layout.format)
  const isPlayable = isPlayableWave(layout.format)
  const texts = layout.infoLists.flatMap((list) => readInfoList(reader, list))
  return {
    id3Tags: layout.id3Tags.map(({ start }) => start),
    reading: {
      tags: await decodeTextValues(texts),
      pictures: [],
      codec,
      isPlayable,
      duration: readDuration(reader, layout),
      sound: sampleSpans([layout.sound]),
      format: {
        sampleRate: layout.format.rate,
        channels: layout.format.channels,
        bits: layout.format.bits || undefined,
      },
      listers: layout.infoLists.map((list) => () => listInfo(reader, list)),
      warnings: [
        ...(isPlayable ? [] : [m.host_codec_unplayable({ codec })]),
        ...(layout.isCut ? [m.host_file_cut()] : []),
      ],
    },
  }
}

/** Returns seconds. Chromium, too, ignores sizes that exceed the file. */
function readDuration(reader: ByteReader, { format, sound, statedFrames }: WaveLayout): number | undefined {
  const frameBytes = waveFrameBytes(format)
  if (frameBytes !== undefined) return Math.floor(sound.length / frameBytes) / format.rate || undefined
  if (format.tag === waveTags.mp3 || format.tag === waveTags.mp2) {
    const end = sound.start + sound.length
    const first = findFirstFrame(reader, { start: sound.start, end })
    if (first !== undefined) return readMpegAudio(reader, first, end).duration
  }
  const byBytes = format.bytesPerSecond > 0 ? sound.length / format.bytesPerSecond : undefined
  const byFrames = statedFrames ? statedFrames / format.rate : undefined
  if (byBytes === undefined || byFrames === undefined) return byBytes ?? byFrames
  // The number of frames is exact if it was filled in, the bytes of a second are often an average.
  return byFrames < byBytes * 3 && byFrames > byBytes / 3 ? byFrames : byBytes
}

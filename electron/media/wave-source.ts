import { kindByMagicBytes } from '../../shared/sound/bytes/audio-kind.ts'
import { parseAsync } from '../../shared/sound/bytes/byte-parser.ts'
import { type SampleCoding, waveCoding } from '../../shared/sound/pcm/sample-coding.ts'
import { waveTags } from '../../shared/sound/pcm/wave-format.ts'
import { findWaveLayout, type WaveLayout } from '../../shared/sound/pcm/wave-layout.ts'
import { type ByteSource, type ReadableFile, readAt } from './byte-source.ts'
import { convertedSource } from './converted-source.ts'

/**
 * Returns a WAVE file in a form that Chromium plays with the right length: with the byte order and the sizes of a plain
 * WAVE file. Returns undefined if the file is not WAVE by its first bytes, or can be sent as it is.
 */
export async function waveSource(file: ReadableFile, size: number): Promise<ByteSource | undefined> {
  if (kindByMagicBytes(await readAt(file, 0, 12)) !== 'wave') return undefined
  const read = (position: number, length: number) => readAt(file, position, length)
  const layout = await parseAsync(read, findWaveLayout(size))
  const coding = layout && codingOf(layout)
  if (layout === undefined || coding === undefined) return undefined
  if (layout.isRegular && coding.width === coding.waveWidth) return undefined
  const { channels, rate } = layout.format
  return convertedSource(file, { coding, channels, rate, span: layout.sound })
}

function codingOf({ format, isLittleEndian }: WaveLayout): SampleCoding | undefined {
  const { tag, bits } = format
  const isLaw = tag === waveTags.aLaw || tag === waveTags.muLaw
  if (!isLaw && tag !== waveTags.integer && tag !== waveTags.float) return undefined
  return waveCoding(tag, isLaw ? 8 : bits, isLittleEndian)
}

import { kindByMagicBytes } from '../../shared/sound/bytes/audio-kind.ts'
import { parseAsync } from '../../shared/sound/bytes/byte-parser.ts'
import { findAiffLayout } from '../../shared/sound/pcm/aiff-layout.ts'
import { type ByteSource, type ReadableFile, readAt } from './byte-source.ts'
import { convertedSource } from './converted-source.ts'

/**
 * Returns an AIFF or AIFF-C file as a WAVE file with the same samples, because browsers do not play AIFF. Returns
 * undefined if the file is not AIFF by its first bytes, has no sound, or is compressed in a way that WAVE does not have.
 */
export async function aiffSource(file: ReadableFile, size: number): Promise<ByteSource | undefined> {
  if (kindByMagicBytes(await readAt(file, 0, 12)) !== 'aiff') return undefined
  const read = (position: number, length: number) => readAt(file, position, length)
  const layout = await parseAsync(read, findAiffLayout(size))
  if (layout?.format.coding === undefined) return undefined
  const { coding, channels, rate } = layout.format
  return convertedSource(file, { coding, channels, rate, span: layout.sound })
}

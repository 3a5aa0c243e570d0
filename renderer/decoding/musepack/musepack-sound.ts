import type { ByteSource } from '../../../shared/sound/audio-stream.ts'
import { findMusepackLayout } from '../../../shared/sound/containers/musepack-layout.ts'
import { parseSource } from '../../../shared/sound/containers/read-source.ts'
import { DecodeError, UnsupportedFormat } from '../../../shared/sound/stream-error.ts'
import type { ChunkedSound } from '../chunks/chunked-sound.ts'
import { MusepackFrames } from './musepack-frames.ts'
import { MusepackPackets } from './musepack-packets.ts'

/** Opens a Musepack file. Throws UnsupportedFormat, DecodeError and SourceError. */
export async function openMusepack(
  source: ByteSource,
  span: { readonly start: number; readonly end: number },
): Promise<ChunkedSound> {
  const layout = await parseSource(source, findMusepackLayout(span.start))
  if (layout === undefined) throw new DecodeError('The file has no Musepack header')
  if (layout.channelCount > 2) throw new UnsupportedFormat(`musepack-${layout.channelCount}`)
  return layout.version === 8
    ? new MusepackPackets(source, layout, span.end)
    : new MusepackFrames(source, layout, span)
}

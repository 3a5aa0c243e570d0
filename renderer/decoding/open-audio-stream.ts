import type { AudioStream, ByteSource } from '../../shared/sound/audio-stream.ts'
import { type AudioKind, kindByMagicBytes } from '../../shared/sound/bytes/audio-kind.ts'
import { type AudioSpan, findAudioSpan, skipTags } from '../../shared/sound/bytes/audio-span.ts'
import { readWith } from '../../shared/sound/bytes/retrying-reader.ts'
import { openFlacPackets } from '../../shared/sound/flac/flac-packets.ts'
import { openMpegPackets } from '../../shared/sound/mpeg/mpeg-packets.ts'
import { openOggPackets } from '../../shared/sound/ogg/ogg-stream-packets.ts'
import { openAiffStream, openWaveStream, readWaveLayout } from '../../shared/sound/pcm/pcm-stream.ts'
import { waveTags } from '../../shared/sound/pcm/wave-format.ts'
import { DecodeError, SourceError, StreamError, UnsupportedFormat } from '../../shared/sound/stream-error.ts'
import { openOtherFormat } from './open-other-format.ts'
import { PacketStream } from './packet-stream.ts'

/**
 * Opens the sound of a file. The content decides on the format; `path` is for messages. The stream owns the source and
 * closes it, also when opening fails. Throws UnsupportedFormat, DecodeError or SourceError.
 */
export async function openAudioStream(source: ByteSource, path: string): Promise<AudioStream> {
  try {
    if (source.size === 0) throw new SourceError('fileEmpty', 'The file is empty')
    return await openKind(source, path)
  } catch (error) {
    source.close?.()
    if (error instanceof StreamError) throw error
    // Mediabunny has no errors of its own for damaged files.
    throw new DecodeError(`Cannot be opened: ${path}`, { cause: error })
  }
}

async function openKind(source: ByteSource, path: string): Promise<AudioStream> {
  const kind = await detectKind(source)
  switch (kind) {
    case 'flac': {
      const packets = await openFlacPackets(source)
      if (packets === undefined) throw new DecodeError(`No FLAC frames in ${path}`)
      return await PacketStream.open(packets, source)
    }
    case 'wave':
      return await openWave(source, path)
    case 'aiff':
      return await openAiffStream(source)
    case 'ogg': {
      const packets = await openOggPackets(source)
      if (packets === undefined) throw new UnsupportedFormat(kind)
      return await PacketStream.open(packets, source)
    }
    case 'mp4':
      return await openMp4(source)
    case 'webm':
      return await (await import('./open-container.ts')).openMatroska(source)
    case 'mpeg':
    case undefined:
      return await openMpeg(source, path)
    default:
      return await openOther(source, kind)
  }
}

async function openMp4(source: ByteSource): Promise<AudioStream> {
  const span = await readWith(source, findAudioSpan)
  const alac = await openOtherFormat(source, 'mp4', span)
  return alac ?? (await (await import('./open-container.ts')).openMp4(source))
}

async function openOther(source: ByteSource, kind: AudioKind): Promise<AudioStream> {
  const span = await readWith(source, findAudioSpan)
  const stream = await openOtherFormat(source, kind, span)
  if (stream === undefined) throw new UnsupportedFormat(kind)
  return stream
}

/** The kind of the content behind the tags in front of it; undefined for frames without a header. */
async function detectKind(source: ByteSource): Promise<AudioKind | undefined> {
  return await readWith(source, (reader) => kindByMagicBytes(reader.view(skipTags(reader, 0), 16)))
}

async function openWave(source: ByteSource, path: string): Promise<AudioStream> {
  const layout = await readWaveLayout(source)
  if (layout.format.tag !== waveTags.mp3) return openWaveStream(source, layout)
  const { start, length } = layout.sound
  return await openMpeg(source, path, { start, end: start + length })
}

async function openMpeg(source: ByteSource, path: string, span?: AudioSpan): Promise<AudioStream> {
  const packets = await openMpegPackets(source, span)
  if (packets === undefined) throw new DecodeError(`No frames in ${path}`)
  if (!packets.isSupported) throw new UnsupportedFormat(packets.format.name)
  return await PacketStream.open(packets, source)
}

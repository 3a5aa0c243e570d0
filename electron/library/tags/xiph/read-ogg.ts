import { m } from '../../../../shared/i18n/messages.js'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import type { MediaReading } from '../media-reading.ts'
import { commentListers, toTagValues } from './comment-values.ts'
import { blockTypes } from './flac-blocks.ts'
import { sortPictures } from './front-cover.ts'
import { readOggDuration } from './ogg-duration.ts'
import { type OggStream, readLink } from './ogg-links.ts'
import { readPackets } from './ogg-packets.ts'
import { sampleOggSound } from './ogg-sound.ts'
import { type CommentPicture, parsePictureStructure } from './picture-structure.ts'
import { createComments, mergeComments, parseVorbisComments, type VorbisComments } from './vorbis-comments.ts'

/** Reads an Ogg file whose first page is at `start` and which ends at `end`; undefined if it contains no sound. */
export async function readOgg(
  source: ByteReader,
  start: number,
  end: number,
): Promise<MediaReading | undefined> {
  const link = readLink(source, start, source.size)
  if (link?.audio === undefined) return undefined
  const { codec } = link.audio
  const length = readOggDuration(source, start, link)
  if (!length.hasSound) return undefined
  const { comments, isIntact } = readHeaders(source, link.audio)
  const warnings: string[] = []
  if (!codec.isPlayable) warnings.push(m.host_codec_unplayable({ codec: codec.codec }))
  if (!isIntact) warnings.push(m.host_tags_broken())
  if (length.hasUnplayedLinks) warnings.push(m.host_chain_not_played())
  if (length.isCut) warnings.push(m.host_file_cut())
  return {
    tags: await toTagValues(comments.fields),
    duration: length.seconds,
    codec: codec.codec,
    isPlayable: codec.isPlayable,
    sound: sampleOggSound(source, link.audio, end),
    format: { sampleRate: codec.granuleRate || undefined, channels: codec.channels || undefined },
    listers: commentListers(comments),
    pictures: sortPictures(comments.pictures),
    warnings,
  }
}

interface Headers {
  readonly comments: VorbisComments
  readonly isIntact: boolean
}

const maxHeaderPackets = 100
/** Where the headers of a stream end at most. */
const maxHeaderBytes = 64 * 1024 * 1024

/** Reads the packets behind a stream's first one: one with comments, and in FLAC any number of blocks. */
function readHeaders(source: ByteReader, { serial, codec, start }: OggStream): Headers {
  const comments = createComments()
  const limit = Math.min(source.size, start + maxHeaderBytes)
  let isIntact = true
  let count = 0
  for (const packet of readPackets(source, { serial, start, limit })) {
    count++
    if (count === 1) continue
    const { bytes } = packet
    if (codec.codec !== 'FLAC' || bytes[0] === undefined) {
      const parsed = parseVorbisComments(bytes.subarray(codec.commentsOffset))
      return { comments: parsed.comments, isIntact: parsed.isIntact && packet.isComplete }
    }
    // A frame begins with FF.
    if (bytes[0] === 0xff || count > maxHeaderPackets) break
    if (!addFlacBlock(bytes, comments) || !packet.isComplete) isIntact = false
    if ((bytes[0] & 0x80) !== 0) break
  }
  return { comments, isIntact: isIntact && count > 1 }
}

/** Adds a metadata block with its header to `comments`. Returns whether it is intact. */
function addFlacBlock(bytes: Uint8Array, comments: VorbisComments): boolean {
  const type = (bytes[0] ?? 0) & 0x7f
  const content = bytes.subarray(4)
  if (type === blockTypes.comments) {
    const parsed = parseVorbisComments(content)
    mergeComments(comments, parsed.comments)
    return parsed.isIntact
  }
  if (type !== blockTypes.picture) return true
  const picture = parsePictureStructure(content)
  if (picture === undefined) return true
  comments.pictures.push(toCommentPicture(content, picture))
  return true
}

function toCommentPicture(
  bytes: Uint8Array,
  { type, offset, length }: { type: number; offset: number; length: number },
): CommentPicture {
  return { type, bytes: bytes.subarray(offset, offset + length) }
}

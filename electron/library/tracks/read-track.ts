import { closeSync, fstatSync } from 'node:fs'
import { m } from '../../../shared/i18n/messages.js'
import type { TrackTags } from '../../../shared/library/track.ts'
import { BlockReader, type Blocks, makeBlocks } from '../tags/block-reader.ts'
import { type FileVersion, fileVersion } from '../tags/file-version.ts'
import { hashSound } from '../tags/hash-sound.ts'
import { NotRegularFileError, openUserFile } from '../tags/open-user-file.ts'
import { type Picture, pictureKey } from '../tags/picture.ts'
import { describeReadError } from '../tags/read-errors.ts'
import { detectAudioKind } from './detect-audio-kind.ts'
import { choosePicture, readPictureFile } from './pictures.ts'
import { readMedia } from './read-media.ts'
import { trackTags } from './track-tags.ts'

/** A picture without its bytes. */
interface PictureFacts extends Omit<Picture, 'bytes'> {
  /** The key of its content. */
  readonly key: string
}

/** A track's picture, and whether it is in the track's file or in one of its own beside it. */
export interface TrackCover extends PictureFacts {
  readonly location: 'embedded' | 'beside'
}

/** The version is that of the file which was read; undefined if it could not be opened. */
export type TrackReadResult = { readonly version?: FileVersion | undefined } & TrackContent

type TrackContent =
  | {
      readonly tags: TrackTags
      readonly cover: TrackCover | undefined
      /** A hash of the sound, which no change of tags changes; undefined if none was found. */
      readonly audioHash: string | undefined
    }
  /** One sentence for the user: why the file cannot be read. */
  | { readonly reason: string }

/** Reads one file at a time. */
export type TrackReader = (file: string, picture: string | undefined) => Promise<TrackReadResult>

/** The picture beside the last file. It is kept so that an album's picture is hashed once. */
interface LastPicture {
  file: string | undefined
  facts: PictureFacts | undefined
}

/** Makes a reader that blocks the calling thread while it reads. */
export function makeTrackReader(): TrackReader {
  const blocks = makeBlocks()
  const last: LastPicture = { file: undefined, facts: undefined }
  return async (file, picture) => {
    try {
      return await readTrack(file, picture, blocks, last)
    } catch (error) {
      if (error instanceof NotRegularFileError) return { reason: m.host_not_a_file() }
      return {
        reason:
          error instanceof Error && 'syscall' in error
            ? describeReadError(error, 'file', file)
            : m.host_file_damaged(),
      }
    }
  }
}

async function readTrack(
  file: string,
  picture: string | undefined,
  blocks: Blocks,
  last: LastPicture,
): Promise<TrackReadResult> {
  const { file: descriptor, size, version } = openUserFile(file)
  try {
    const reader = new BlockReader(descriptor, size, blocks)
    const content = await readContent(reader, file, picture, last)
    return { ...content, version: checkUnchanged(descriptor, version) }
  } finally {
    closeSync(descriptor)
  }
}

/** A file that was written while it was read gets no time, so that the next scan reads it again. */
function checkUnchanged(descriptor: number, version: FileVersion): FileVersion {
  const { size, modifiedNs } = fileVersion(fstatSync(descriptor, { bigint: true }))
  return size === version.size && modifiedNs === version.modifiedNs ? version : { ...version, modifiedNs: '' }
}

async function readContent(
  reader: BlockReader,
  file: string,
  picture: string | undefined,
  last: LastPicture,
): Promise<TrackContent> {
  if (reader.size === 0) return { reason: m.host_file_empty() }
  const detected = detectAudioKind(reader)
  if (detected === undefined) return { reason: m.host_file_no_audio() }
  const reading = await readMedia(reader, detected)
  if (reading === undefined) return { reason: m.host_file_damaged() }
  const tags = trackTags(reading, file)
  const audioHash = hashSound(reader, reading.sound)
  const embedded = choosePicture(reader, reading.pictures)
  if (embedded !== undefined)
    return { tags, audioHash, cover: { ...pictureFacts(embedded), location: 'embedded' } }
  const beside = picture === undefined ? undefined : readFolderPicture(picture, last)
  return { tags, audioHash, cover: beside && { ...beside, location: 'beside' } }
}

const pictureFacts = (picture: Picture): PictureFacts => ({
  key: pictureKey(picture),
  type: picture.type,
  width: picture.width,
  height: picture.height,
})

function readFolderPicture(file: string, last: LastPicture): PictureFacts | undefined {
  if (last.file === file) return last.facts
  last.file = file
  last.facts = undefined
  try {
    const picture = readPictureFile(file)
    if (picture !== undefined) last.facts = pictureFacts(picture)
  } catch {
    // The track is listed without a picture.
  }
  return last.facts
}

import { closeSync, statSync } from 'node:fs'
import type { ListedPicture, ListedTag, TrackDetails } from '../../../shared/library/track-details.ts'
import { displayPath, toSystemPath } from '../../platform/system-path.ts'
import { BlockReader, makeBlocks } from '../tags/block-reader.ts'
import type { MediaReading } from '../tags/media-reading.ts'
import { openUserFile } from '../tags/open-user-file.ts'
import { describeReadError } from '../tags/read-errors.ts'
import { detectAudioKind } from './detect-audio-kind.ts'
import { choosePicture } from './pictures.ts'
import { readMedia } from './read-media.ts'
import { trackTags } from './track-tags.ts'

const maxTags = 20
const maxPictures = 20

/** The details of a track, or one sentence for the user: why its file cannot be read. */
export type DetailsResult = { readonly details: TrackDetails } | { readonly reason: string }

/** Reads everything that a file contains besides its sound. */
export async function readDetails(path: string): Promise<DetailsResult> {
  try {
    return { details: await readOpenedDetails(path) }
  } catch (error) {
    return { reason: describeReadError(error, 'file', path) }
  }
}

async function readOpenedDetails(path: string): Promise<TrackDetails> {
  const { file, size } = openUserFile(path)
  try {
    const reader = new BlockReader(file, size, makeBlocks())
    const detected = detectAudioKind(reader)
    const reading = detected && (await readMedia(reader, detected))
    const { codec, duration, warnings } = reading ? trackTags(reading, path) : unknownSound
    // The extent of the other kinds is no number of bytes.
    const isExtentBytes = detected?.kind !== 'ogg' && detected?.kind !== 'webm'
    const soundBytes = isExtentBytes ? reading?.sound.extent : size
    return {
      ...reading?.format,
      path: displayPath(path),
      bytes: size,
      modifiedAt: statSync(toSystemPath(path)).mtimeMs,
      codec,
      duration,
      warnings,
      bitrate: duration && soundBytes ? (soundBytes * 8) / duration : undefined,
      pictures: reading ? listPictures(reader, reading) : [],
      tags: reading ? await listTags(reading) : [],
    }
  } finally {
    closeSync(file)
  }
}

const unknownSound = { codec: undefined, duration: undefined, warnings: [] }

/** Lists the pictures that can be shown. */
function listPictures(reader: BlockReader, { pictures }: MediaReading): ListedPicture[] {
  return pictures.slice(0, maxPictures).flatMap((source) => {
    const picture = choosePicture(reader, [source])
    if (picture === undefined) return []
    const { type, width, height, bytes } = picture
    return [{ type, width, height, bytes: bytes.length }]
  })
}

async function listTags({ listers }: MediaReading): Promise<ListedTag[]> {
  const tags: ListedTag[] = []
  for (const list of listers.slice(0, maxTags)) tags.push(await list())
  return tags.filter(({ fields }) => fields.length > 0)
}

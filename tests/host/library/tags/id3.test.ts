import { describe, expect, test } from 'vitest'
import { readTagsAround } from '../../../../electron/library/tags/id3/tags-around.ts'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { type Id3Case, id3Cases } from '../../../fixtures/id3-cases.ts'

/** Bytes that are no tag, like the audio between the tags. */
const audio = Buffer.alloc(4096, 0x55)

function readerOf(bytes: Uint8Array): ByteReader {
  return {
    size: bytes.length,
    view: (position, length) =>
      bytes.subarray(Math.max(0, position), Math.max(0, position) + Math.max(0, length)),
  }
}

function fileOf({ front = [], behind = [] }: Id3Case): Buffer {
  return Buffer.concat([...front, audio, ...behind])
}

describe('tags around the audio', () => {
  test.each(id3Cases)('$name', async (id3Case) => {
    const { tags, pictures, warnings } = await readTagsAround(readerOf(fileOf(id3Case)))
    for (const [field, values] of Object.entries(id3Case.expected))
      expect([field, tags[field as keyof typeof tags] ?? []]).toEqual([field, values])
    if (id3Case.pictures !== undefined) expect(pictures).toHaveLength(id3Case.pictures)
    if (id3Case.warnings !== undefined) expect(warnings).toHaveLength(id3Case.warnings)
  })
})

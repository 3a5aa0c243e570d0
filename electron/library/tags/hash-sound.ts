import { createHash } from 'node:crypto'
import type { ByteReader } from '../../../shared/sound/bytes/byte-reader.ts'
import type { SoundSample } from './sound-sample.ts'

/**
 * Returns a hash of a file's sound in base64; undefined for a file without any. It is the same after a change of tags,
 * and differs for different sound.
 */
export function hashSound(reader: ByteReader, { spans, extent }: SoundSample): string | undefined {
  const hash = createHash('sha1')
  let hashed = 0
  for (const { start, length } of spans) {
    const bytes = reader.view(start, length)
    hash.update(bytes)
    hashed += bytes.length
  }
  if (hashed === 0) return undefined
  return hash.update(String(extent)).digest('base64')
}

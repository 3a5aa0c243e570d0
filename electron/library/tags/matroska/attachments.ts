import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import type { PictureSource } from '../media-reading.ts'
import { childrenOf, type Element, ids, readText } from './elements.ts'

const maxPictures = 50
const coverNames = [/^cover\./i, /^cover_land\./i, /^(?:folder|front)\./i, /^small_cover/i]

/** Returns the attached pictures, the cover first: by convention its name is `cover.jpg`. */
export function readAttachedPictures(reader: ByteReader, attachments: Element): PictureSource[] {
  const found: { source: PictureSource; rank: number }[] = []
  for (const file of childrenOf(reader, attachments)) {
    if (file.id !== ids.attachedFile || found.length >= maxPictures) continue
    let name = ''
    let type = ''
    let data: Element | undefined
    for (const element of childrenOf(reader, file)) {
      if (element.id === ids.fileName) name = readText(reader, element)
      else if (element.id === ids.fileMediaType) type = readText(reader, element)
      else if (element.id === ids.fileData) data = element
    }
    const rank = coverNames.findIndex((pattern) => pattern.test(name))
    if (data === undefined || (rank < 0 && !type.startsWith('image/'))) continue
    const source = { offset: data.content, length: data.end - data.content }
    found.push({ source, rank: rank < 0 ? coverNames.length : rank })
  }
  return found.sort((a, b) => a.rank - b.rank).map(({ source }) => source)
}

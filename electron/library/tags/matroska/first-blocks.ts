import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { type ByteSpan, limitSpans, type SoundSample } from '../sound-sample.ts'
import { childrenOf, type Element, elementsIn, ids } from './elements.ts'

const maxBytes = 16 * 1024
/** A block can have a few bytes, so the first ones can be many. */
const maxElements = 5000

/** Returns the first blocks of a segment, whose first cluster begins at `start`. */
export function sampleBlocks(
  reader: ByteReader,
  start: number,
  end: number,
  seconds: number | undefined,
): SoundSample {
  const spans: ByteSpan[] = []
  let bytes = 0
  let count = 0
  for (const block of blocksIn(reader, elementsIn(reader, start, end))) {
    if (bytes >= maxBytes || count++ >= maxElements) break
    if (block.id !== ids.simpleBlock && block.id !== ids.block) continue
    spans.push({ start: block.content, length: block.end - block.content })
    bytes += block.end - block.content
  }
  return { spans: limitSpans(spans, maxBytes), extent: seconds ?? 0 }
}

/** Yields the elements of clusters and block groups. Those of an open cluster are beside it. */
function* blocksIn(reader: ByteReader, elements: Iterable<Element>): Generator<Element> {
  for (const element of elements) {
    const isParent = element.id === ids.cluster || element.id === ids.blockGroup
    if (isParent && element.statedEnd !== Number.POSITIVE_INFINITY)
      yield* blocksIn(reader, childrenOf(reader, element))
    else yield element
  }
}

import { type ThumbnailSize, thumbnailSizes } from '../../../shared/host-api.ts'
import type { Picture } from '../tags/picture.ts'
import { PictureCodec, type Pixels } from './picture-codec.ts'
import { orientPixels, readOrientation } from './picture-orientation.ts'
import { isTransparent, shrinkPixels } from './shrink-pixels.ts'

/** A picture in each size. */
export type Thumbnails = Readonly<Record<ThumbnailSize, Picture>>

/** A larger picture would take more than 200 MB of memory for a moment. The window shows it as it is. */
const maxPixels = 16_000_000
/** A picture that is not larger than this is not worth encoding again. */
const maxOriginalBytes = 48 * 1024
/** The longer side of a banner, in widths of its shorter side. */
const maxRatio = 3
const jpegQuality = 82

/** Returns the thumbnails of a picture; undefined if it cannot be decoded or is too large. */
export function makeThumbnails(picture: Picture): Thumbnails | undefined {
  if (picture.width * picture.height > maxPixels) return undefined
  try {
    const codec = new PictureCodec()
    const [small, large] = thumbnailSizes
    const pixels = codec.decode(picture.bytes)
    const largePixels = orientPixels(shrinkTo(pixels, large), readOrientation(picture.bytes))
    const smallPixels = shrinkTo(largePixels, small)
    return {
      [small]: encode(codec, smallPixels, picture),
      [large]: encode(codec, largePixels, picture),
    }
  } catch {
    // A damaged picture, or one of a kind that only the browser knows.
    return undefined
  }
}

/** Returns the picture with a shorter side of `size`, or as it is if it is smaller. */
function shrinkTo(pixels: Pixels, size: number): Pixels {
  const { width, height } = pixels
  const shorter = Math.min(width, height)
  const longer = Math.max(width, height)
  const scale = Math.min(size / shorter, (maxRatio * size) / longer)
  if (scale >= 1) return { ...pixels, bytes: pixels.bytes.slice() }
  const side = (length: number) => Math.max(1, Math.round(length * scale))
  return shrinkPixels(pixels, side(width), side(height))
}

function encode(codec: PictureCodec, pixels: Pixels, original: Picture): Picture {
  const { width, height } = pixels
  const isWhole = width === original.width && height === original.height
  if (isWhole && original.bytes.length <= maxOriginalBytes) return original
  return isTransparent(pixels)
    ? { type: 'image/png', width, height, bytes: codec.encodePng(pixels) }
    : { type: 'image/jpeg', width, height, bytes: codec.encodeJpeg(pixels, jpegQuality) }
}

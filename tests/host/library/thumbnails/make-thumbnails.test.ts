import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { asPicture } from '../../../../electron/library/tags/picture.ts'
import { makeThumbnails } from '../../../../electron/library/thumbnails/make-thumbnails.ts'
import { PictureCodec, type Pixels } from '../../../../electron/library/thumbnails/picture-codec.ts'
import { shrinkPixels } from '../../../../electron/library/thumbnails/shrink-pixels.ts'
import { encodePng } from '../../../../scripts/png.ts'
import { fixturesFolder } from '../../../fixtures/fixture-files.ts'
import {
  createExif,
  createJpegHeaders,
  createJpegSegment,
  createPng,
} from '../../../fixtures/picture-files.ts'

const picture = (bytes: Uint8Array) => asPicture(bytes) ?? expect.fail('not a picture')

/** Colours that change from left to right and from top to bottom, with noise that makes a PNG large. */
function gradient(width: number, height: number): Uint8Array {
  const rgb = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3
      rgb[at] = (x * 255) / width
      rgb[at + 1] = (y * 255) / height
      rgb[at + 2] = (x * 7919 + y * 104_729) % 97
    }
  return encodePng(width, height, rgb)
}

describe('thumbnails', () => {
  test('have the two sizes, and look like the picture', () => {
    const thumbnails = makeThumbnails(picture(gradient(900, 900)))
    expect(thumbnails?.[128]).toMatchObject({ type: 'image/jpeg', width: 128, height: 128 })
    expect(thumbnails?.[400]).toMatchObject({ type: 'image/jpeg', width: 400, height: 400 })
    for (const size of [128, 400] as const) {
      const shown = picture(thumbnails?.[size].bytes ?? new Uint8Array())
      expect(shown).toMatchObject({ type: 'image/jpeg', width: size, height: size })
      const { bytes } = new PictureCodec().decode(shown.bytes)
      const at = (x: number, y: number) => bytes.subarray((y * size + x) * 4, (y * size + x) * 4 + 2)
      const near = (value: number | undefined, wanted: number) =>
        expect(Math.abs((value ?? 0) - wanted)).toBeLessThan(12)
      near(at(0, 0)[0], 0)
      near(at(size - 1, 0)[0], 255)
      near(at(0, size - 1)[1], 255)
      near(at(size >> 1, size >> 1)[0], 128)
    }
    expect(thumbnails?.[128].bytes.length).toBeLessThan(12_000)
  })

  test.each([
    [1600, 800, 800, 400, 256, 128],
    [800, 1600, 400, 800, 128, 256],
    [3000, 300, 1200, 120, 384, 38],
    [300, 200, 300, 200, 192, 128],
  ])(
    'of %d × %d pixels keep their form',
    (width, height, largeWidth, largeHeight, smallWidth, smallHeight) => {
      const thumbnails = makeThumbnails(picture(gradient(width, height)))
      expect(thumbnails?.[400]).toMatchObject({ width: largeWidth, height: largeHeight })
      expect(thumbnails?.[128]).toMatchObject({ width: smallWidth, height: smallHeight })
    },
  )

  // The red corner is where the colours begin; see the orientations of Exif.
  test.each([
    [1, 'II', 'top left', 800, 400],
    [2, 'MM', 'top right', 800, 400],
    [3, 'II', 'bottom right', 800, 400],
    [4, 'MM', 'bottom left', 800, 400],
    [5, 'II', 'top left', 400, 800],
    [6, 'MM', 'top right', 400, 800],
    [7, 'II', 'bottom right', 400, 800],
    [8, 'MM', 'bottom left', 400, 800],
  ] as const)(
    'of a picture with the orientation %i (%s) are upright: %s',
    (value, byteOrder, corner, width, height) => {
      const rgb = new Uint8Array(1600 * 800 * 3)
      for (let y = 0; y < 200; y++) for (let x = 0; x < 200; x++) rgb[(y * 1600 + x) * 3] = 255
      const codec = new PictureCodec()
      const decoded = codec.decode(encodePng(1600, 800, rgb))
      const jpeg = codec.encodeJpeg({ ...decoded, bytes: decoded.bytes.slice() }, 90)
      const oriented = Buffer.concat([
        jpeg.subarray(0, 2),
        createJpegSegment(0xe1, createExif(value, byteOrder)),
        jpeg.subarray(2),
        // A large file is encoded again.
        Buffer.alloc(64 * 1024),
      ])
      const large = makeThumbnails(picture(oriented))?.[400]
      expect(large).toMatchObject({ width, height })
      const { bytes } = new PictureCodec().decode(large?.bytes ?? new Uint8Array())
      const redAt = (x: number, y: number) => (bytes[(y * width + x) * 4] ?? 0) > 128
      const corners = [
        ['top left', redAt(20, 20)],
        ['top right', redAt(width - 20, 20)],
        ['bottom left', redAt(20, height - 20)],
        ['bottom right', redAt(width - 20, height - 20)],
      ] as const
      expect(corners.filter(([, isRed]) => isRed).map(([name]) => name)).toEqual([corner])
    },
  )

  test('of a small picture are the picture itself', () => {
    const cover = picture(readFileSync(join(fixturesFolder, 'covered', 'cover.jpg')))
    expect(makeThumbnails(cover)).toEqual({ 128: cover, 400: cover })
  })

  test('of a transparent picture are transparent', () => {
    const codec = new PictureCodec()
    const bytes = Uint8Array.from({ length: 600 * 600 * 4 }, (_, index) => (index * 37 + (index >> 9)) & 255)
    const png = codec.encodePng({ width: 600, height: 600, bytes })
    expect(makeThumbnails(picture(png))?.[128]).toMatchObject({ type: 'image/png', width: 128, height: 128 })
  })

  test('of a PNG with one bit per pixel are made', () => {
    expect(makeThumbnails(picture(createPng(500, 500)))?.[128]).toMatchObject({ width: 128 })
  })

  test.each<readonly [string, Uint8Array]>([
    ['a JPEG without sound content', createJpegHeaders(500, 500)],
    ['a PNG that is cut short', gradient(500, 500).subarray(0, 2000)],
    ['more pixels than are allowed', createPng(4001, 4000)],
  ])('of %s are not made, and the next picture is', (_, bytes) => {
    expect(makeThumbnails(picture(bytes))).toBeUndefined()
    expect(makeThumbnails(picture(gradient(500, 500)))).toBeDefined()
  })

  test('of damaged pictures never end more than the call', () => {
    const good = Buffer.from(makeThumbnails(picture(gradient(500, 500)))?.[400].bytes ?? [])
    for (let seed = 1; seed <= 40; seed++) {
      const bytes = Buffer.from(good)
      for (let change = 0; change < 20; change++)
        bytes[200 + ((seed * 7919 + change * 104_729) % (bytes.length - 200))] = (seed * change * 31) & 255
      const damaged = asPicture(bytes)
      if (damaged !== undefined) expect(() => makeThumbnails(damaged)).not.toThrow()
    }
  })
})

describe('shrinking', () => {
  const grey = (values: readonly number[], alpha = 255) =>
    Uint8Array.from(values.flatMap((value) => [value, value, value, alpha]))
  const reds = ({ bytes }: Pixels) => [...bytes].filter((_, index) => index % 4 === 0)

  test('averages whole pixels', () => {
    expect(reds(shrinkPixels({ width: 4, height: 1, bytes: grey([0, 100, 50, 250]) }, 2, 1))).toEqual([
      50, 150,
    ])
  })

  test('averages parts of pixels by their size', () => {
    expect(reds(shrinkPixels({ width: 3, height: 1, bytes: grey([0, 90, 240]) }, 2, 1))).toEqual([30, 190])
  })

  test('averages rows', () => {
    expect(reds(shrinkPixels({ width: 1, height: 4, bytes: grey([0, 100, 50, 250]) }, 1, 2))).toEqual([
      50, 150,
    ])
  })

  test('keeps a picture of the same size', () => {
    const pixels = { width: 2, height: 2, bytes: grey([1, 2, 3, 4]) }
    expect(shrinkPixels(pixels, 2, 2)).toEqual(pixels)
  })

  test('does not colour by what is transparent', () => {
    const bytes = Uint8Array.from([200, 0, 0, 255, 0, 255, 0, 0])
    expect([...shrinkPixels({ width: 2, height: 1, bytes }, 1, 1).bytes]).toEqual([200, 0, 0, 128])
  })
})

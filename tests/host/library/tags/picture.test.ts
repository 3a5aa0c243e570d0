import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { asPicture } from '../../../../electron/library/tags/picture.ts'
import {
  createBmpHeaders,
  createGif,
  createJpegHeaders,
  createJpegSegment,
  createPng,
  createWebpHeaders,
} from '../../../fixtures/picture-files.ts'
import { scratchFolder } from '../../scratch.ts'

const thumbnail = createJpegSegment(0xe1, createJpegHeaders(16, 16))

const shown: readonly { name: string; bytes: Buffer; type: string; size: [number, number] }[] = [
  { name: 'a PNG', bytes: createPng(30, 20), type: 'image/png', size: [30, 20] },
  { name: 'a PNG of 40 megapixels', bytes: createPng(8000, 5000), type: 'image/png', size: [8000, 5000] },
  { name: 'a JPEG', bytes: createJpegHeaders(30, 20), type: 'image/jpeg', size: [30, 20] },
  {
    name: 'a JPEG with a thumbnail in front',
    bytes: createJpegHeaders(300, 200, thumbnail),
    type: 'image/jpeg',
    size: [300, 200],
  },
  {
    name: 'a JPEG with tables, fill bytes and loose bytes in front',
    bytes: createJpegHeaders(
      300,
      200,
      Buffer.concat([createJpegSegment(0xc4, Buffer.alloc(20, 0xc0)), Buffer.from([0xff, 0xff, 0, 7])]),
    ),
    type: 'image/jpeg',
    size: [300, 200],
  },
  { name: 'a GIF', bytes: createGif(30, 20, [[30, 20]]), type: 'image/gif', size: [30, 20] },
  { name: 'a lossy WebP', bytes: createWebpHeaders('VP8 ', 30, 20), type: 'image/webp', size: [30, 20] },
  { name: 'a lossless WebP', bytes: createWebpHeaders('VP8L', 30, 20), type: 'image/webp', size: [30, 20] },
  {
    name: 'an extended WebP',
    bytes: createWebpHeaders('VP8X', 300, 200),
    type: 'image/webp',
    size: [300, 200],
  },
  { name: 'a BMP', bytes: createBmpHeaders(30, 20), type: 'image/bmp', size: [30, 20] },
  { name: 'a BMP from top to bottom', bytes: createBmpHeaders(30, -20), type: 'image/bmp', size: [30, 20] },
]

const refused: readonly { name: string; bytes: Buffer }[] = [
  { name: 'a PNG of 529 megapixels in 64 KiB', bytes: createPng(23_000, 23_000) },
  { name: 'a PNG of one row too many', bytes: createPng(8000, 5001) },
  { name: 'a PNG of 2³¹ columns', bytes: createPng(2 ** 31, 0) },
  { name: 'a JPEG that is too large', bytes: createJpegHeaders(65_000, 65_000) },
  {
    name: 'a JPEG that is too large, after a small thumbnail',
    bytes: createJpegHeaders(9000, 9000, thumbnail),
  },
  { name: 'a GIF that is too large', bytes: createGif(65_535, 65_535, [[1, 1]]) },
  { name: 'a GIF with a frame that is too large', bytes: createGif(1, 1, [[65_535, 65_535]]) },
  { name: 'a lossy WebP that is too large', bytes: createWebpHeaders('VP8 ', 16_383, 16_383) },
  { name: 'a lossless WebP that is too large', bytes: createWebpHeaders('VP8L', 16_384, 16_384) },
  { name: 'an extended WebP that is too large', bytes: createWebpHeaders('VP8X', 2 ** 24, 2 ** 24) },
  { name: 'a BMP that is too large', bytes: createBmpHeaders(9000, -9000) },
  { name: 'an animated PNG', bytes: createPng(30, 20, true) },
  {
    name: 'an animated GIF',
    bytes: createGif(30, 20, [
      [30, 20],
      [30, 20],
    ]),
  },
  { name: 'an animated WebP', bytes: createWebpHeaders('VP8X', 30, 20, true) },
  { name: 'a picture without rows', bytes: createPng(30, 0) },
  { name: 'a drawing', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
  { name: 'nothing', bytes: Buffer.alloc(0) },
]

describe('a picture', () => {
  test.each(shown)('is shown if it is $name', ({ bytes, type, size: [width, height] }) => {
    expect(asPicture(bytes)).toEqual({ type, width, height, bytes })
  })

  test.each(refused)('is not shown if it is $name', ({ bytes }) => {
    expect(asPicture(bytes)).toBeUndefined()
  })

  test.each(['png', 'jpg', 'gif', 'webp', 'bmp'])('of a common program is shown: %s', (extension) => {
    const file = join(scratchFolder(), `picture.${extension}`)
    const input = ['-f', 'lavfi', '-i', 'color=red:s=30x20', '-frames:v', '1']
    execFileSync('ffmpeg', ['-v', 'error', ...input, file])
    expect(asPicture(readFileSync(file))).toMatchObject({ width: 30, height: 20 })
  })

  test.each([...shown, ...refused])('may be cut anywhere: $name', ({ bytes }) => {
    for (let length = 0; length < Math.min(bytes.length, 100); length++) asPicture(bytes.subarray(0, length))
  })
})

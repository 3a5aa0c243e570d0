import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeTrackReader } from '../../../../electron/library/tracks/read-track.ts'
import { m } from '../../../../shared/i18n/messages.js'
import { encodeId3Tag } from '../../../fixtures/id3-tag.ts'
import { createAdtsFrames, createMpegFrames } from '../../../fixtures/mpeg-file.ts'
import { scratchFolder } from '../../scratch.ts'

const read = makeTrackReader()
const frames = createMpegFrames(400)
const tag = (title: string) => encodeId3Tag({ title })
const largeTag = encodeId3Tag({
  title: 'Old',
  cover: { mediaType: 'image/png', picture: Buffer.alloc(320_000, 'A') },
})

test.each<[name: string, content: Buffer, expected: object]>([
  ['two tags', Buffer.concat([tag('New'), tag('Old'), frames]), {}],
  ['a second tag that is large', Buffer.concat([tag('New'), largeTag, frames]), {}],
  ['zeros in front', Buffer.concat([Buffer.alloc(300_000), frames]), {}],
  ['garbage in front', Buffer.concat([Buffer.alloc(900_000, 'garbage '), frames]), {}],
  ['no tag', frames, { title: 'song' }],
  [
    'a variable bitrate that begins in silence',
    Buffer.concat([
      createMpegFrames(50, { kilobits: [32] }),
      createMpegFrames(350, { kilobits: [128, 160] }),
    ]),
    {},
  ],
  ['ADTS', createAdtsFrames(450, [200, 30, 500]), { codec: 'AAC' }],
  [
    'layer 2',
    createMpegFrames(400, { layer: 2 }),
    { codec: 'MP2', isPlayable: false, warnings: [m.host_codec_unplayable({ codec: 'MP2' })] },
  ],
  [
    'a last frame that is cut off',
    Buffer.concat([frames, frames.subarray(0, 100)]),
    { warnings: [m.host_file_cut()] },
  ],
])('a file with %s is listed', async (_, content, expected) => {
  const file = join(scratchFolder(), 'song.mp3')
  writeFileSync(file, content)
  expect(await read(file, undefined)).toMatchObject({
    tags: { codec: 'MP3', isPlayable: true, duration: expect.closeTo(10.45, 1), ...expected },
  })
})

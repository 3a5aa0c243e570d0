import { writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { waveSource } from '../../../electron/media/wave-source.ts'
import { createFormatChunk, createRiff, createRiffChunk, createWave64 } from '../../fixtures/riff-file.ts'
import { scratchFolder } from '../scratch.ts'

/** Returns the WAVE file that is sent; undefined if the file is sent unchanged. */
async function sentFile(content: Buffer): Promise<Buffer | undefined> {
  const path = join(scratchFolder(), 'song.wav')
  writeFileSync(path, content)
  const file = await open(path)
  onTestFinished(() => file.close())
  const source = await waveSource(file, content.length)
  return (
    source &&
    Buffer.from(
      await source
        .read(0, 44)
        .then(async (head) => Buffer.concat([head, await source.read(44, source.size - 44)])),
    )
  )
}

const samples = Buffer.from([1, 2, 3, 4, 5, 6, 7, 8])
const swapped = Buffer.from([2, 1, 4, 3, 6, 5, 8, 7])
const doubles = Buffer.alloc(16)
doubles.writeDoubleLE(0.5, 0)
doubles.writeDoubleLE(-1, 8)
const floats = Buffer.alloc(8)
floats.writeFloatLE(0.5, 0)
floats.writeFloatLE(-1, 4)
const fact = (frames: number) => createRiffChunk('fact', Buffer.from([frames, 0, 0, 0]))
const format = createFormatChunk()

test.each<[name: string, content: Buffer]>([
  ['a regular file', createRiff([format, createRiffChunk('data', samples)])],
  ['a file with the right number of frames', createRiff([format, fact(4), createRiffChunk('data', samples)])],
  ['a compressed file', createRiff([createFormatChunk({ tag: 0x55 }), createRiffChunk('data', samples)])],
  ['a file that is not WAVE', Buffer.from('This is a text, but not a short one.')],
])('%s is sent unchanged', async (_, content) => {
  expect(await sentFile(content)).toBeUndefined()
})

test.each<[name: string, content: Buffer, sent: Buffer, tag: number]>([
  ['sizes of 0', createRiff([format, createRiffChunk('data', samples, { stated: 0 })]), samples, 1],
  [
    'sizes of all ones',
    createRiff([format, createRiffChunk('data', samples, { stated: 0xffffffff })]),
    samples,
    1,
  ],
  ['a wrong number of frames', createRiff([format, fact(200), createRiffChunk('data', samples)]), samples, 1],
  [
    'an end that is missing',
    createRiff([format, createRiffChunk('data', samples, { stated: 100 })]),
    samples,
    1,
  ],
  [
    'the other byte order',
    createRiff(
      [createFormatChunk({ isBigEndian: true }), createRiffChunk('data', samples, { isBigEndian: true })],
      { id: 'RIFX' },
    ),
    swapped,
    1,
  ],
  ['W64', createWave64(samples), samples, 1],
  [
    '64-bit samples',
    createRiff([createFormatChunk({ tag: 3, bits: 64 }), createRiffChunk('data', doubles)]),
    floats,
    3,
  ],
])('a file with %s is sent as a plain WAVE file', async (_, content, sent, tag) => {
  const file = await sentFile(content)
  expect(file?.subarray(44)).toEqual(sent)
  expect([file?.toString('latin1', 0, 4), file?.readUInt16LE(20), file?.readUInt32LE(40)]).toEqual([
    'RIFF',
    tag,
    sent.length,
  ])
})

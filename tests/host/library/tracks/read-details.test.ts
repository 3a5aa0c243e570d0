import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readDetails } from '../../../../electron/library/tracks/read-details.ts'
import { fixturesFolder, toneFiles } from '../../../fixtures/fixture-files.ts'
import { apeTag, id3Frame, id3Tag, id3v1Tag, textContent, textFrame } from '../../../fixtures/id3-frames.ts'
import { createMpegFrames } from '../../../fixtures/mpeg-file.ts'
import { retagFlac } from '../../../fixtures/retag-flac.ts'
import {
  createFormatChunk,
  createInfoList,
  createRiff,
  createRiffChunk,
} from '../../../fixtures/riff-file.ts'
import { scratchFolder } from '../../scratch.ts'

async function detailsOf(content: Uint8Array) {
  const file = join(scratchFolder(), 'song')
  writeFileSync(file, content)
  const result = await readDetails(file)
  if ('reason' in result) throw new Error(result.reason)
  return { ...result.details, file }
}

/** Returns a tag's fields by their names. */
function fieldsOf(
  {
    tags,
  }: { tags: readonly { format: string; fields: readonly { name: string; values: readonly string[] }[] }[] },
  format: string,
): Record<string, readonly string[]> {
  const tag = tags.find((candidate) => candidate.format === format)
  if (tag === undefined) throw new Error(`no ${format} in ${tags.map((other) => other.format)}`)
  return Object.fromEntries(tag.fields.map(({ name, values }) => [name, values]))
}

const frames = createMpegFrames(100)
const text = (...values: string[]) => textContent(values, 'utf8')
const frame = (id: string, content: Uint8Array) => id3Frame(id, content, { version: 4 })

describe('the details of a file', () => {
  test.each(toneFiles)('contain the sound, the tags and the pictures of $name', async ({ name, cover }) => {
    const file = join(scratchFolder(), name)
    copyFileSync(join(fixturesFolder, 'tones', name), file)
    const result = await readDetails(file)
    if ('reason' in result) throw new Error(result.reason)
    const { details } = result
    expect(details).toMatchObject({ path: file, bytes: readFileSync(file).length, channels: 1 })
    expect(details.sampleRate).toBeGreaterThanOrEqual(4000)
    expect(details.bitrate).toBeGreaterThan(8000)
    expect(details.bitrate).toBeLessThan(400_000)
    expect(Math.abs(details.modifiedAt - Date.now())).toBeLessThan(600_000)
    expect(details.pictures.length > 0).toBe(cover)
    const values = details.tags.flatMap(({ fields }) => fields.flatMap((field) => field.values))
    expect(values).toContain('Reference tone')
    expect(values).toContain('The Oscillators')
  })

  test('contain every frame of ID3, also those that Skein does not use', async () => {
    const tag = id3Tag(
      [
        textFrame('TIT2', 'Title', 4),
        textFrame('TPE1', ['First', 'Second'], 4),
        frame('TXXX', text('My Field', 'x')),
        frame('COMM', Buffer.concat([Buffer.of(3), Buffer.from('eng\0A comment\nof two lines')])),
        frame('USLT', Buffer.concat([Buffer.of(3), Buffer.from('engverse\0La la')])),
        frame('WOAR', Buffer.from('https://example.org/ä', 'latin1')),
        frame('WXXX', Buffer.concat([Buffer.of(3), Buffer.from('shop\0https://example.org')])),
        frame('UFID', Buffer.from('http://musicbrainz.org\0some-id')),
        frame('PRIV', Buffer.alloc(37)),
      ],
      { version: 4 },
    )
    const details = await detailsOf(Buffer.concat([tag, frames]))
    expect(fieldsOf(details, 'ID3v2.4')).toEqual({
      TIT2: ['Title'],
      TPE1: ['First', 'Second'],
      'TXXX:My Field': ['x'],
      COMM: ['A comment\nof two lines'],
      'USLT:verse': ['La la'],
      WOAR: ['https://example.org/ä'],
      'WXXX:shop': ['https://example.org'],
      'UFID:http://musicbrainz.org': ['some-id'],
      PRIV: ['37 bytes'],
    })
    expect(details).toMatchObject({ codec: 'MP3', sampleRate: 44_100, channels: 2 })
    expect(Math.round((details.bitrate ?? 0) / 1000)).toBe(128)
  })

  test('contain each tag of a file that has several', async () => {
    const content = Buffer.concat([
      id3Tag([textFrame('TIT2', 'In ID3v2')]),
      frames,
      apeTag({ Title: 'In APE', 'Cover Art (Front)': Buffer.alloc(5) }),
      id3v1Tag({ title: Buffer.from('In ID3v1') }),
    ])
    const details = await detailsOf(content)
    expect(details.tags.map(({ format }) => format)).toEqual(['ID3v2.3', 'APE', 'ID3v1'])
    expect(fieldsOf(details, 'APE')).toEqual({ Title: ['In APE'], 'Cover Art (Front)': ['5 bytes'] })
    expect(fieldsOf(details, 'ID3v1')).toMatchObject({ title: ['In ID3v1'] })
  })

  test('contain comments with their names as they are written', async () => {
    const flac = readFileSync(join(fixturesFolder, 'tones', 'tone.flac'))
    const details = await detailsOf(retagFlac(flac, { TITLE: 'x', 'My_Own Field': 'y' }, undefined))
    expect(fieldsOf(details, 'Vorbis comments')).toEqual({ TITLE: ['x'], 'My_Own Field': ['y'] })
    expect(details).toMatchObject({ codec: 'FLAC', bits: 16, channels: 1 })
  })

  test('contain every text of RIFF INFO', async () => {
    const list = createInfoList([
      ['INAM', 'A title'],
      ['ICMT', 'A comment'],
    ])
    const details = await detailsOf(
      createRiff([createFormatChunk(), list, createRiffChunk('data', Buffer.alloc(16_000))]),
    )
    expect(fieldsOf(details, 'RIFF INFO')).toEqual({ INAM: ['A title'], ICMT: ['A comment'] })
    expect(details).toMatchObject({ sampleRate: 8000, channels: 1, bits: 16, duration: 1, bitrate: 128_000 })
  })

  test('are limited: long texts, many values, many fields', async () => {
    const content = Buffer.concat([
      id3Tag([
        textFrame('TIT2', 'a'.repeat(20_000)),
        textFrame(
          'TPE1',
          Array.from({ length: 200 }, (_, index) => `artist ${index}`),
        ),
        ...Array.from({ length: 400 }, (_, index) => id3Frame('TXXX', text(`field ${index}`, 'x'))),
      ]),
      frames,
    ])
    const { tags } = await detailsOf(content)
    expect(tags[0]).toMatchObject({ leftOut: 102 })
    expect(tags[0]?.fields).toHaveLength(300)
    expect(tags[0]?.fields[0]?.values[0]).toHaveLength(2001)
    expect(tags[0]?.fields[1]?.values).toHaveLength(20)
  })

  test('of a file without sound are its size and date; of none, a reason', async () => {
    expect(await detailsOf(Buffer.from('no music'))).toMatchObject({ bytes: 8, tags: [], codec: undefined })
    expect(await readDetails(join(scratchFolder(), 'gone.mp3'))).toMatchObject({
      reason: expect.stringContaining('no longer exists'),
    })
  })
})

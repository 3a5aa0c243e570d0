import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeTrackReader, type TrackReadResult } from '../../../../electron/library/tracks/read-track.ts'
import { seededRandom } from '../../../../scripts/seeded-random.ts'
import { brokenFiles, fixturesFolder, toneFiles, toneTags } from '../../../fixtures/fixture-files.ts'
import { encodeId3Tag } from '../../../fixtures/id3-tag.ts'
import { createWaveFile } from '../../../fixtures/wave-file.ts'
import { scratchFolder } from '../../scratch.ts'

const read = makeTrackReader()

async function readTags(file: string, picture?: string) {
  const result = await read(file, picture)
  if ('reason' in result) throw new Error(`${file}: ${result.reason}`)
  return result
}

function reasonOf(result: TrackReadResult): string {
  return 'reason' in result ? result.reason : 'it was read'
}

function scratchFile(name: string, content: Uint8Array | string): string {
  const file = join(scratchFolder(), name)
  writeFileSync(file, content)
  return file
}

describe('the tags of every format', () => {
  test.each(toneFiles)('are read from $name', async ({ name, cover }) => {
    const result = await readTags(join(fixturesFolder, 'tones', name))
    expect(result.tags).toMatchObject({ ...toneTags, duration: expect.closeTo(1, 0) })
    expect(result.cover !== undefined).toBe(cover)
  })

  test('are found with an extension of another format', async () => {
    const folder = scratchFolder()
    for (const [from, to] of [
      ['tone.m4a', 'song.mp3'],
      ['tone.mp3', 'song.flac'],
      ['tone.opus', 'SONG.WAV'],
    ] as const) {
      copyFileSync(join(fixturesFolder, 'tones', from), join(folder, to))
      expect((await readTags(join(folder, to))).tags.title).toBe(toneTags.title)
    }
  })

  test('are replaced by the file’s name if there are none', async () => {
    const { tags } = await readTags(join(fixturesFolder, 'plain', 'No tags at all.mp3'))
    expect(tags).toMatchObject({
      title: 'No tags at all',
      artists: [],
      album: undefined,
      number: undefined,
    })
  })

  test('the duration of a long Opus file is read from its last page only', async () => {
    const demo = join(fixturesFolder, '..', '..', 'demo')
    const songs = readdirSync(demo).filter((name) => name.endsWith('.opus'))
    expect(songs.length).toBeGreaterThan(0)
    for (const song of songs) expect((await readTags(join(demo, song))).tags.duration).toBeGreaterThan(10)
  })
})

describe('a cover', () => {
  const cover = join(fixturesFolder, 'covered', 'cover.jpg')
  const song = join(fixturesFolder, 'covered', 'beside-a-cover.mp3')

  test('is the picture in the folder if the song contains none', async () => {
    expect((await readTags(song, cover)).cover).toMatchObject({ location: 'beside' })
  })

  test('has the same key in a song and in the folder', async () => {
    const embedded = (await readTags(join(fixturesFolder, 'tones', 'tone.flac'))).cover
    expect(embedded?.location).toBe('embedded')
    expect((await readTags(song, cover)).cover?.key).toBe(embedded?.key)
  })

  test('is ignored if its bytes are not a picture, whatever the tag claims', async () => {
    const script = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    const tag = encodeId3Tag({
      title: 'Script',
      artist: 'Mallory',
      cover: { mediaType: 'image/png', picture: script },
    })
    const file = scratchFile('script.wav', createWaveFile({ seconds: 1, hertz: 440, id3: tag }))
    expect(await readTags(file)).toMatchObject({ tags: { title: 'Script' }, cover: undefined })
    expect((await readTags(song, scratchFile('cover.png', script))).cover).toBeUndefined()
  })

  test('that is missing does not affect the song', async () => {
    expect(await readTags(song, join(fixturesFolder, 'no-such-picture.jpg'))).toMatchObject({
      cover: undefined,
    })
  })
})

describe('text from tags', () => {
  test('has no control characters and at most a thousand characters', async () => {
    const tag = encodeId3Tag({
      title: `one\u0007 \u0000two\nthree ${'x'.repeat(5000)}`,
      artist: '\u0001\u0002',
    })
    const { tags } = await readTags(
      scratchFile('odd.wav', createWaveFile({ seconds: 1, hertz: 440, id3: tag })),
    )
    expect(tags.title).toMatch(/^one/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the test is that there are none
    expect(tags.title).not.toMatch(/[\u0000-\u001f]/)
    expect(tags.title.length).toBeLessThanOrEqual(1000)
    expect(tags.artists).toEqual([])
  })
})

describe('a file that cannot be played', () => {
  test.each(brokenFiles)('broken/%s is recognized', async (name) => {
    expect(reasonOf(await read(join(fixturesFolder, 'broken', name), undefined))).toMatch(/^The file .+\.$/)
  })

  test('an empty file is reported as empty', async () => {
    expect(reasonOf(await read(scratchFile('a.flac', ''), undefined))).toBe(
      'The file is empty: copy or download it again.',
    )
  })

  test.each(toneFiles)('$name, cut to its first 24 bytes, is reported', async ({ name }) => {
    const file = join(scratchFolder(), name)
    copyFileSync(join(fixturesFolder, 'tones', name), file)
    truncateSync(file, 24)
    expect(reasonOf(await read(file, undefined))).toMatch(/^The file .+\.$/)
  })

  test.each(toneFiles)('text or noise named $name is reported', async ({ name }) => {
    const random = seededRandom(name.length)
    const noise = Uint8Array.from({ length: 300_000 }, () => random() * 256)
    for (const content of [
      'no sound here '.repeat(1000),
      noise,
      new Uint8Array(100_000),
      new Uint8Array(5000).fill(255),
    ]) {
      expect(reasonOf(await read(scratchFile(name, content), undefined))).toBe(
        'The file contains no audio that Skein knows, whatever its name says.',
      )
    }
  })

  test('a missing file, a folder and a broken link have their own reasons', async () => {
    const folder = scratchFolder()
    expect(reasonOf(await read(join(folder, 'gone.mp3'), undefined))).toMatch(/no longer exists/)
    mkdirSync(join(folder, 'folder.mp3'))
    expect(reasonOf(await read(join(folder, 'folder.mp3'), undefined))).toMatch(/not a file/)
    symlinkSync('nowhere', join(folder, 'link.mp3'))
    expect(reasonOf(await read(join(folder, 'link.mp3'), undefined))).toMatch(
      /link to something that no longer exists/,
    )
  })

  test.runIf(process.platform === 'linux')('a name that is not UTF-8 is given as the reason', async () => {
    const folder = scratchFolder()
    writeFileSync(
      Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9]), Buffer.from('.mp3')]),
      'x',
    )
    const [name = ''] = readdirSync(folder)
    expect(reasonOf(await read(join(folder, name), undefined))).toBe(
      'The name of this file is not valid UTF-8: rename it.',
    )
  })

  test('any damage leads to tags or a sentence, never to an exception', async () => {
    const folder = scratchFolder()
    const originals = toneFiles.map(({ name }) => ({
      name,
      bytes: readFileSync(join(fixturesFolder, 'tones', name)),
    }))
    const damage = fc.record({
      original: fc.constantFrom(...originals),
      length: fc.double({ min: 0, max: 1, noNaN: true }),
      changes: fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { maxLength: 40 }),
    })
    await fc.assert(
      fc.asyncProperty(damage, async ({ original, length, changes }) => {
        const bytes = original.bytes.subarray(0, Math.ceil(original.bytes.length * length))
        const copy = Uint8Array.from(bytes)
        for (const [index, value] of changes) if (index < copy.length) copy[index] = value
        const file = join(folder, original.name)
        writeFileSync(file, copy)
        const result = await read(file, undefined)
        if ('reason' in result) return /^[A-Z].+\.$/.test(result.reason)
        const { title, duration } = result.tags
        return title.length > 0 && title.length <= 1000 && (duration === undefined || duration > 0)
      }),
      { numRuns: 300, seed: 20261122 },
    )
  })
})

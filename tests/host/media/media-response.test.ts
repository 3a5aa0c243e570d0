import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type MediaSource, mediaResponse } from '../../../electron/media/media-response.ts'
import { fixturesFolder } from '../../fixtures/fixture-files.ts'
import { scratchFolder } from '../scratch.ts'

const size = 700_001
const content = Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8)) % 251)
const picture = { type: 'image/png', width: 1, height: 1, bytes: Uint8Array.of(137, 80, 78, 71) }

/** Returns a source whose track 1 is this file. */
function sourceOf(file: string): MediaSource {
  return {
    trackFile: (id) => (id === 1 ? file : undefined),
    cover: async (id) => (id === 1 ? picture : undefined),
  }
}

function ask(source: MediaSource, path: string, headers: Record<string, string> = {}, method = 'GET') {
  return mediaResponse({ method, url: `http://host${path}`, headers: new Headers(headers) }, source)
}

function songFile(name = 'song.mp3', bytes = content): string {
  const file = join(scratchFolder(), name)
  writeFileSync(file, bytes)
  return file
}

async function bytesOf(response: Response | undefined): Promise<Uint8Array> {
  return new Uint8Array(await (response?.arrayBuffer() ?? new ArrayBuffer(0)))
}

describe('a track', () => {
  test('is sent completely, with its length and type', async () => {
    const response = await ask(sourceOf(songFile()), '/media/1')
    expect(response?.status).toBe(200)
    expect(response?.headers.get('Content-Length')).toBe(String(size))
    expect(response?.headers.get('Content-Type')).toBe('audio/mpeg')
    expect(response?.headers.get('Accept-Ranges')).toBe('bytes')
    expect(Buffer.compare(await bytesOf(response), content)).toBe(0)
  })

  test.each([
    ['SONG.FLAC', 'audio/flac'],
    ['song.opus', 'audio/ogg'],
    ['song.m4a', 'audio/mp4'],
    ['song.webm', 'audio/webm'],
  ])('has the media type of its extension: %s', async (name, type) => {
    expect((await ask(sourceOf(songFile(name)), '/media/1', {}, 'HEAD'))?.headers.get('Content-Type')).toBe(
      type,
    )
  })

  test.each([
    ['tone.flac', 'song.mp3', 'audio/flac'],
    ['tone.m4a', 'book.m4b', 'audio/mp4'],
    ['tone.m4a', 'song.wav', 'audio/mp4'],
    ['tone.webm', 'song.mka', 'audio/webm'],
    ['tone.opus', 'SONG.WAVE', 'audio/ogg'],
  ])('has the media type of its content: %s as %s', async (tone, name, type) => {
    const file = join(scratchFolder(), name)
    writeFileSync(file, readFileSync(join(fixturesFolder, 'tones', tone)))
    const response = await ask(sourceOf(file), '/media/1', {}, 'HEAD')
    expect(response?.headers.get('Content-Type')).toBe(type)
  })

  test('is sent in parts if responses have a maximum length, or as requested if that is less', async () => {
    const source = sourceOf(songFile())
    const rangeOf = async (range: string) => {
      const request = { method: 'GET', url: 'http://host/media/1', headers: new Headers({ Range: range }) }
      const response = await mediaResponse(request, source, 300_000)
      return [response?.headers.get('Content-Range'), (await bytesOf(response)).length]
    }
    expect(await rangeOf('bytes=0-')).toEqual([`bytes 0-299999/${size}`, 300_000])
    expect(await rangeOf('bytes=600000-')).toEqual([`bytes 600000-700000/${size}`, 100_001])
    expect(await rangeOf('bytes=10-19')).toEqual([`bytes 10-19/${size}`, 10])
    expect(await rangeOf('bytes=-400000')).toEqual([`bytes 300001-600000/${size}`, 300_000])
  })

  test('has no body in the response to HEAD', async () => {
    const response = await ask(sourceOf(songFile()), '/media/1', { Range: 'bytes=10-19' }, 'HEAD')
    expect(response?.status).toBe(206)
    expect(response?.headers.get('Content-Length')).toBe('10')
    expect(response?.body).toBeNull()
  })

  test('that was deleted, or never existed, is answered with a sentence', async () => {
    const file = songFile()
    rmSync(file)
    for (const path of ['/media/1', '/media/2']) {
      const response = await ask(sourceOf(file), path)
      expect(response?.status).toBe(404)
      expect(await response?.text()).toMatch(/^The .+\.\n$/)
    }
  })

  test('that became a folder results in a sentence', async () => {
    const folder = join(scratchFolder(), 'song.mp3')
    mkdirSync(folder)
    expect((await ask(sourceOf(folder), '/media/1'))?.status).toBe(404)
  })

  test('that is empty is answered with an empty body', async () => {
    const source = sourceOf(songFile('empty.mp3', new Uint8Array(0)))
    expect((await bytesOf(await ask(source, '/media/1'))).length).toBe(0)
    expect((await ask(source, '/media/1', { Range: 'bytes=0-' }))?.status).toBe(416)
  })

  test('is requested by number only', async () => {
    const source = sourceOf(songFile())
    for (const path of [
      '/media/..%2f1',
      '/media/01',
      '/media/-1',
      '/media/1/2',
      '/media/%2e%2e/1',
      '/media/',
      '/media/1e0',
    ]) {
      expect(await ask(source, path)).toBeUndefined()
    }
  })

  test('cannot be written', async () => {
    expect((await ask(sourceOf(songFile()), '/media/1', {}, 'POST'))?.status).toBe(405)
  })
})

describe('a range of a track', () => {
  let source: MediaSource
  let folder: string

  beforeAll(async () => {
    const { mkdtempSync } = await import('node:fs')
    const { tmpdir } = await import('node:os')
    folder = mkdtempSync(join(tmpdir(), 'skein-range-'))
    writeFileSync(join(folder, 'song.ogg'), content)
    source = sourceOf(join(folder, 'song.ogg'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('between two bytes is that slice of the file', async () => {
    const range = fc.tuple(fc.nat(size - 1), fc.nat(size * 2)).filter(([start, end]) => end >= start)
    await fc.assert(
      fc.asyncProperty(range, async ([start, end]) => {
        const response = await ask(source, '/media/1', { Range: `bytes=${start}-${end}` })
        const last = Math.min(end, size - 1)
        expect(response?.status).toBe(206)
        expect(response?.headers.get('Content-Range')).toBe(`bytes ${start}-${last}/${size}`)
        expect(response?.headers.get('Content-Length')).toBe(String(last - start + 1))
        expect(Buffer.compare(await bytesOf(response), content.subarray(start, last + 1))).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  test('from a byte without an end is the rest of the file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(size - 1), async (start) => {
        const response = await ask(source, '/media/1', { Range: `bytes=${start}-` })
        expect(response?.headers.get('Content-Range')).toBe(`bytes ${start}-${size - 1}/${size}`)
        expect(Buffer.compare(await bytesOf(response), content.subarray(start))).toBe(0)
      }),
      { numRuns: 30 },
    )
  })

  test('with a suffix length is the end of the file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: size * 2 }), async (length) => {
        const response = await ask(source, '/media/1', { Range: `bytes=-${length}` })
        expect(response?.status).toBe(206)
        expect(Buffer.compare(await bytesOf(response), content.subarray(Math.max(0, size - length)))).toBe(0)
      }),
      { numRuns: 30 },
    )
  })

  test.each([`bytes=${size}-`, `bytes=${size + 5}-${size + 9}`, 'bytes=-0'])(
    'beyond the end is rejected: %s',
    async (range) => {
      const response = await ask(source, '/media/1', { Range: range })
      expect(response?.status).toBe(416)
      expect(response?.headers.get('Content-Range')).toBe(`bytes */${size}`)
    },
  )

  test.each(['bytes=5-2', 'bytes=-', 'bytes=a-b', 'items=0-1', 'bytes=0-1,4-5', 'bytes 0-1'])(
    'that is invalid or has several parts is ignored: %s',
    async (range) => {
      const response = await ask(source, '/media/1', { Range: range })
      expect(response?.status).toBe(200)
      await response?.body?.cancel()
    },
  )

  test('is the complete file if the file has changed since the last request', async () => {
    const version = (await ask(source, '/media/1', {}, 'HEAD'))?.headers.get('ETag') ?? ''
    const same = await ask(source, '/media/1', { Range: 'bytes=0-9', 'If-Range': version })
    const other = await ask(source, '/media/1', { Range: 'bytes=0-9', 'If-Range': '"another"' })
    expect([same?.status, other?.status]).toEqual([206, 200])
    await Promise.all([same?.body?.cancel(), other?.body?.cancel()])
  })
})

describe('a cover', () => {
  test.each([
    ['', undefined],
    ['?size=128', 128],
    ['?size=400&token=x', 400],
    ['?size=129', undefined],
    ['?size=', undefined],
    ['?size=__proto__', undefined],
  ])('with %j is requested in the size %s', async (query, wanted) => {
    const sizes: unknown[] = []
    const source: MediaSource = {
      trackFile: () => undefined,
      cover: async (_, asked) => {
        sizes.push(asked)
        return picture
      },
    }
    expect((await ask(source, `/cover/1${query}`))?.status).toBe(200)
    expect(sizes).toEqual([wanted])
  })

  test('is sent with the type of its bytes', async () => {
    const response = await ask(sourceOf('/nowhere'), '/cover/1')
    expect(response?.headers.get('Content-Type')).toBe('image/png')
    expect(await bytesOf(response)).toEqual(picture.bytes)
  })

  test('that is missing is answered with a sentence', async () => {
    const response = await ask(sourceOf('/nowhere'), '/cover/2')
    expect(response?.status).toBe(404)
    expect(await response?.text()).toMatch(/scan the folder again\.\n$/)
  })
})

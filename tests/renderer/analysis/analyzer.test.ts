import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { closePool, enumerate, killThread } from '@skein/threading'
import { startProcess } from '@skein/threading/node'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { mediaResponse } from '../../../electron/media/media-response.ts'
import { Analyzer } from '../../../renderer/session/analysis/analyzer.ts'
import { decodeWaveform } from '../../../shared/sound/analysis/sound-analysis.ts'
import { createWaveFile } from '../../fixtures/wave-file.ts'
import { scratchFolder, until } from '../../host/scratch.ts'

beforeAll(() =>
  startProcess({
    name: 'player',
    workers: 3,
    entry: new URL('./analyzer-worker-on-node.ts', import.meta.url),
  }),
)
afterAll(closePool)

/** Serves files by number, like the hosts, and returns their addresses. */
async function serve(...contents: readonly Buffer[]): Promise<readonly string[]> {
  const folder = scratchFolder()
  const files = contents.map((content, index) => {
    const file = join(folder, `${index}.wav`)
    writeFileSync(file, content)
    return file
  })
  const server = createServer(async ({ url = '', headers: { range } }, response) => {
    const request = {
      method: 'GET',
      url: `http://localhost${url}`,
      headers: new Headers(range === undefined ? {} : { range }),
    }
    const source = { trackFile: (id: number) => files[id - 1], cover: async () => undefined }
    const answer = await mediaResponse(request, source)
    response.writeHead(answer?.status ?? 404, Object.fromEntries(answer?.headers ?? []))
    if (answer?.body) await pipeline(answer.body, response).catch(() => undefined)
    else response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return contents.map((_, index) => `http://127.0.0.1:${port}/media/${index + 1}`)
}

function createAnalyzer(): Analyzer {
  const analyzer = new Analyzer()
  analyzer.setAllowed(true)
  onTestFinished(() => analyzer.close())
  return analyzer
}

const threads = (): readonly number[] =>
  enumerate().flatMap(({ name, ident }) => (name === 'analyzer' && ident !== undefined ? [ident] : []))

test('the thread measures a song and its waveform', async () => {
  const [url = ''] = await serve(createWaveFile({ seconds: 3, hertz: 1000, sampleRate: 48_000 }))
  const result = await createAnalyzer().analyze({ url, path: 'a.wav' })
  if (result.kind !== 'analyzed') throw new Error(result.kind)
  const { loudness, peak, waveform } = result.analysis
  // A sine of −6.2 dBFS from both speakers.
  expect(loudness).toBeCloseTo(-6.2, 0)
  expect(peak).toBeCloseTo(16_000 / 32_768, 2)
  const columns = decodeWaveform(waveform)
  expect(columns?.subarray(1500, 1502)).toEqual(Int8Array.of(-63, 63))
})

test('a file without sound is undecodable, and one that cannot be read is not', async () => {
  const [empty = '', text = ''] = await serve(
    createWaveFile({ seconds: 0, hertz: 1000 }),
    Buffer.from('no sound'.repeat(1000)),
  )
  const analyzer = createAnalyzer()
  expect(await analyzer.analyze({ url: text, path: '' })).toEqual({ kind: 'undecodable' })
  expect(await analyzer.analyze({ url: text.replace('media', 'none'), path: '' })).toEqual({
    kind: 'unreadable',
  })
  // The thread continues.
  expect(await analyzer.analyze({ url: empty, path: '' })).toMatchObject({ kind: expect.any(String) })
})

test('the thread works only while it is allowed to', async () => {
  const [url = ''] = await serve(createWaveFile({ seconds: 1, hertz: 1000 }))
  const analyzer = createAnalyzer()
  analyzer.setAllowed(false)
  let isDone = false
  const analyzed = analyzer.analyze({ url, path: '' }).then((result) => {
    isDone = true
    return result
  })
  await until(() => expect(threads()).toHaveLength(1))
  expect(isDone).toBe(false)
  analyzer.setAllowed(true)
  expect(await analyzed).toMatchObject({ kind: 'analyzed' })
})

test('another song cancels the present one', async () => {
  const [long = '', short = ''] = await serve(
    createWaveFile({ seconds: 600, hertz: 1000 }),
    createWaveFile({ seconds: 1, hertz: 1000 }),
  )
  const analyzer = createAnalyzer()
  const first = analyzer.analyze({ url: long, path: '' })
  const second = analyzer.analyze({ url: short, path: '' })
  expect(await first).toEqual({ kind: 'cancelled' })
  expect(await second).toMatchObject({ kind: 'analyzed' })
})

test('a thread that dies fails its song, and another one takes the next', async () => {
  const [url = ''] = await serve(createWaveFile({ seconds: 1, hertz: 1000 }))
  const analyzer = createAnalyzer()
  analyzer.setAllowed(false)
  const known = threads()
  const first = analyzer.analyze({ url, path: '' })
  await until(() => expect(threads().length).toBeGreaterThan(known.length))
  killThread(Math.max(...threads()))
  expect(await first).toEqual({ kind: 'unreadable' })
  analyzer.setAllowed(true)
  expect(await analyzer.analyze({ url, path: '' })).toMatchObject({ kind: 'analyzed' })
})

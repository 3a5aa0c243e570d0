import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { expect, test } from './support/skein-fixture.ts'

const sampleFolder = fileURLToPath(new URL('../../docs/samples/threading/page', import.meta.url))
const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

test.beforeEach(({ host }) => {
  test.skip(host === 'electron', 'the sample is a page for browsers')
})

test('the page of docs/threading.md runs its thread and shows its result', async ({ page: window }) => {
  await using server = await serveSample(isolationHeaders)
  await window.goto(server.url)
  await expect(window.locator('body')).toHaveText('There are 9592 primes below 100,000.')
})

test('the page of docs/threading.md reports that it is not isolated', async ({ page: window }) => {
  await using server = await serveSample({})
  const error = window.waitForEvent('pageerror')
  await window.goto(server.url)
  expect((await error).message).toBe('threads need shared memory: the page must be cross-origin isolated')
})

/** Serves the sample's folder on a free port. */
async function serveSample(headers: Record<string, string>): Promise<AsyncDisposable & { url: string }> {
  const server = await createServer({
    configFile: false,
    root: sampleFolder,
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, headers, hmr: false, fs: { strict: false } },
  })
  await server.listen()
  const [url = ''] = server.resolvedUrls?.local ?? []
  return { url, [Symbol.asyncDispose]: () => server.close() }
}

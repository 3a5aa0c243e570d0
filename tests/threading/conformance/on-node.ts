import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { closePool, type MemoryOptions } from '@skein/threading'
import { startProcess } from '@skein/threading/node'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Suite } from './cases.ts'
import { memoryBytes } from './memory-size.ts'
import { runCase } from './run-case.ts'

const folder = mkdtempSync(join(tmpdir(), 'skein-conformance-'))

/** Makes a test of each case, in one process of Node's worker threads. */
export function testOnNode(suites: readonly Suite[], sizes: MemoryOptions = {}): void {
  beforeAll(async () => {
    await bundleWorker()
    const entry = pathToFileURL(join(folder, 'worker.mjs'))
    startProcess({ name: 'conformance', workers: 8, entry, memoryBytes, ...sizes })
  }, 120_000)
  afterAll(() => {
    closePool()
    rmSync(folder, { recursive: true })
  })
  for (const { title, cases } of suites) {
    describe(`Node: ${title}`, () => {
      for (const one of cases.filter(({ inBrowserOnly }) => !inBrowserOnly)) {
        test(one.title, async () => {
          expect(await runCase(title, one.title)).toBeUndefined()
        }, 60_000)
      }
    })
  }
}

/** The worker in one file: it begins in a tenth of the time, and the cases kill a hundred of them. */
async function bundleWorker(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: fileURLToPath(new URL('node-worker.ts', import.meta.url)),
      outDir: folder,
      minify: false,
      target: 'node20.18',
      rollupOptions: { output: { format: 'es', entryFileNames: 'worker.mjs' } },
    },
  })
}

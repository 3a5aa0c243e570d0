import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closePool } from '../../../shared/threading/index.ts'
import { startProcess } from '../../../shared/threading/node.ts'
import type { Suite } from './cases.ts'
import { runCase } from './run.ts'

/** Makes a test of each case, in one process of Node's worker threads. */
export function testOnNode(suites: readonly Suite[], workers = 8): void {
  beforeAll(() =>
    startProcess({
      name: 'conformance',
      workers,
      entry: new URL('./node-worker.ts', import.meta.url),
      memoryBytes: 2 ** 25,
    }),
  )
  afterAll(closePool)
  for (const { title, cases } of suites) {
    describe(`Node: ${title}`, () => {
      for (const one of cases.filter(({ inBrowserOnly }) => !inBrowserOnly)) {
        test(one.title, async () => {
          expect(await runCase(title, one.title)).toBeUndefined()
        })
      }
    })
  }
}

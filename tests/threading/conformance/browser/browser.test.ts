import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Suite } from '../cases.ts'
import { commonSuites, fillingSuites } from '../suites.ts'
import { ConformancePage } from './conformance-page.ts'

let page: ConformancePage

beforeAll(async () => {
  page = await ConformancePage.open(8)
}, 120_000)
afterAll(() => page.close())

describe('Chromium', () => testAll(commonSuites))

describe('Chromium, in a process of its own', () => {
  beforeAll(() => page.reload())
  testAll(fillingSuites)
})

function testAll(suites: readonly Suite[]): void {
  for (const { title, cases } of suites) {
    describe(title, () => {
      for (const one of cases) {
        test(one.title, async () => {
          expect(await page.runCase(title, one.title)).toBeUndefined()
        }, 60_000)
      }
    })
  }
}

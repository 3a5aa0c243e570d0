import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Suite } from '../cases.ts'
import { commonMaxObjects } from '../memory-size.ts'
import { commonSuites, fillingSuites } from '../suites.ts'
import { ConformancePage } from './conformance-page.ts'

let page: ConformancePage

beforeAll(async () => {
  page = await ConformancePage.open()
}, 120_000)
afterAll(() => page.close())

describe('Chromium', () => {
  beforeAll(() => page.startProcess({ workers: 8, maxObjects: commonMaxObjects }))
  testAll(commonSuites)
})

describe('Chromium, in a process of its own', () => {
  beforeAll(() => page.startProcess({ workers: 8 }))
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

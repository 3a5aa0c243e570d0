import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ScriptPage } from '../conformance/browser/script-page.ts'
import type {} from './worklet-page.ts'

let page: ScriptPage

beforeAll(async () => {
  page = await ScriptPage.open(fileURLToPath(new URL('worklet-page.ts', import.meta.url)))
  await page.load()
  await page.page.waitForFunction(() => 'playRamp' in window)
}, 120_000)
afterAll(() => page.close())

test('an AudioWorklet of Chromium plays every frame of a ring once and in order', async () => {
  const count = 48_000
  const { played, threads, readAtEnd } = await page.page.evaluate((frames) => window.playRamp(frames), count)
  const expected = Array.from({ length: count }, (_, index) => index + 1)
  const [left, right] = played
  // A worklet's quantum may hold silence behind the last frame, and between frames after an underrun.
  expect(left?.filter((value) => value !== 0)).toEqual(expected)
  expect(right?.filter((value) => value !== 0)).toEqual(expected.map((value) => -value))
  expect(threads).toEqual(['main', 'audio, adopted'])
  expect(readAtEnd).toBe(count)
}, 60_000)

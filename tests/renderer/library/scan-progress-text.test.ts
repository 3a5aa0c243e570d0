import { expect, test } from 'vitest'
import { scanProgressText } from '../../../renderer/ui/utils/scan-text.ts'
import { noScan } from '../../../shared/host-api.ts'

const scan = { ...noScan, running: true, found: 2000, read: 900, unreadable: 100 }

test.each([
  [scan, '2,000 found, 1,000 read'],
  [{ ...scan, walked: true }, '1,000 of 2,000 read'],
  [{ ...scan, speed: 312.4 }, '2,000 found, 1,000 read · 312 tracks/s'],
  [{ ...scan, walked: true, speed: 10, secondsLeft: 99.2 }, '1,000 of 2,000 read · 10 tracks/s · 1:40 left'],
  [{ ...scan, speed: 0.2 }, '2,000 found, 1,000 read'],
  [{ ...scan, walked: true, paused: true, speed: 10, secondsLeft: 99 }, '1,000 of 2,000 read · paused'],
])('the progress of a scan (%#)', (progress, text) => {
  expect(scanProgressText(progress)).toBe(text)
})

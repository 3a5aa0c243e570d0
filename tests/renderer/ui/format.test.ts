import { describe, expect, test } from 'vitest'
import { formatDuration, formatNumber } from '../../../renderer/ui/utils/format.ts'
import { m } from '../../../shared/i18n/messages.js'

describe('clock times', () => {
  test.each([
    [0, '0:00'],
    [5.9, '0:05'],
    [65, '1:05'],
    [599.999, '9:59'],
    [3599, '59:59'],
    [3600, '1:00:00'],
    [36_125, '10:02:05'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })

  test.each([undefined, Number.NaN, Number.POSITIVE_INFINITY, -1])(
    'a length of %s is shown as unknown',
    (seconds) => {
      expect(formatDuration(seconds)).toBe('–:––')
    },
  )
})

describe('numbers', () => {
  test('thousands are grouped', () => {
    expect(formatNumber(1_234_567)).toBe('1,234,567')
  })

  test('one is singular, none and several are plural', () => {
    const tracks = (count: number) => m.library_track_count({ count, number: formatNumber(count) })
    expect(tracks(1)).toBe('1 track')
    expect(tracks(0)).toBe('0 tracks')
    expect(tracks(20_000)).toBe('20,000 tracks')
  })
})

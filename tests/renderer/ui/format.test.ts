import { describe, expect, test } from 'vitest'
import { formatCount, formatDuration, formatNumber } from '../../../renderer/ui/utils/format.ts'

describe('clock times', () => {
  test.each([
    [0, '0:00'],
    [5.9, '0:05'],
    [65, '1:05'],
    [599.999, '9:59'],
    [3599, '59:59'],
    [3600, '1:00:00'],
    [36_125, '10:02:05'],
  ])('%d seconds read %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })

  test.each([undefined, Number.NaN, Number.POSITIVE_INFINITY, -1])(
    'a length of %s reads as unknown',
    (seconds) => {
      expect(formatDuration(seconds)).toBe('–:––')
    },
  )
})

describe('numbers of things', () => {
  test('thousands are grouped', () => {
    expect(formatNumber(1_234_567)).toBe('1,234,567')
  })

  test('one thing is singular, none and several are plural', () => {
    expect(formatCount(1, 'track')).toBe('1 track')
    expect(formatCount(0, 'track')).toBe('0 tracks')
    expect(formatCount(20_000, 'track')).toBe('20,000 tracks')
  })
})

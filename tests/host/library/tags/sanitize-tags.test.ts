import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  sanitizeCount,
  sanitizeDuration,
  sanitizeText,
} from '../../../../electron/library/tags/sanitize-tags.ts'

describe('text from a tag', () => {
  test('of any kind becomes one well-formed line of up to a thousand characters, or nothing', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3000 }),
      fc.string({ unit: 'grapheme' }),
      fc.anything(),
    )
    fc.assert(
      fc.property(anything, (value) => {
        const text = sanitizeText(value)
        if (text === undefined) return
        expect(text).not.toBe('')
        expect(text).toBe(text.trim())
        expect(text.length).toBeLessThanOrEqual(1000)
        expect(text.isWellFormed()).toBe(true)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: the test is that there are none
        expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/)
      }),
    )
  })

  test('keeps letters of every script, and their direction', () => {
    for (const text of ['Ünïcödé', 'مقطوعة', 'שיר', '音楽', '👩‍👩‍👧', 'a\u200fb'])
      expect(sanitizeText(text)).toBe(text)
    expect(sanitizeText('  two\r\nlines\u0000 ')).toBe('two lines')
    expect(sanitizeText(' \u0000 ')).toBeUndefined()
  })

  test.each([
    ['a title of zero-width spaces', '\u200b\u200b\u200b', undefined],
    ['an empty title between isolates', '\u2068 \u2069', undefined],
    ['Hangul fillers', '\u3164\uffa0', undefined],
    ['blank Braille', '\u2800\u2800', undefined],
    ['joiners and a variation selector alone', '\u200d\ufe0f\u200c', undefined],
    ['byte order marks', '\ufeffTitle\ufeff', 'Title'],
    ['zero-width spaces around spaces', ' \u200b Title \u200b\u2060', 'Title'],
    ['soft hyphens at the ends', '\u00adTitle\u00ad', 'Title'],
    ['a zero-width space between words', 'one\u200btwo', 'one\u200btwo'],
    ['a text turned round', '\u202eelttiT', 'elttiT'],
    ['embeddings and overrides', '\u202aa\u202bb\u202cc\u202dd\u202ee', 'abcde'],
    ['isolates', '\u2066a\u2067b\u2068c\u2069d', 'abcd'],
    ['an emoji with its variation selector', '❤\ufe0f', '❤\ufe0f'],
    ['a flag of tag characters', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['marks of direction', 'a\u200eb\u061cc', 'a\u200eb\u061cc'],
    ['a joiner of a script', 'می\u200cخواهم', 'می\u200cخواهم'],
  ])('with %s', (_kind, text, expected) => {
    expect(sanitizeText(text)).toBe(expected)
  })

  test('is not cut inside a character', () => {
    expect(sanitizeText(`${'x'.repeat(999)}🧶`)).toBe('x'.repeat(999))
  })
})

describe('numbers from a tag', () => {
  test('out of range are omitted', () => {
    for (const value of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 10_000, '7', null, undefined]) {
      expect(sanitizeCount(value, 9999)).toBeUndefined()
    }
    expect(sanitizeCount(9999, 9999)).toBe(9999)
    for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e9, '7'])
      expect(sanitizeDuration(value)).toBeUndefined()
    expect(sanitizeDuration(0.5)).toBe(0.5)
  })
})

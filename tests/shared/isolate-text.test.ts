import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isolate, joinIsolated } from '../../shared/isolate-text.ts'

/** The isolates and embeddings that are open at the end of a text. */
function openControls(text: string): number {
  let open = 0
  for (const character of text) {
    if (/[\u202a\u202b\u202d\u202e\u2066-\u2068]/.test(character)) open++
    else if (/[\u202c\u2069]/.test(character)) open--
    if (open < 0) return open
  }
  return open
}

describe('a name in a sentence', () => {
  test.each([
    'Title',
    '',
    'AC/DC — “Live”',
    '音楽',
    'Ünïcödé 2004',
    '/home/me/Music/01 - Song.mp3',
    '👩‍👩‍👧',
  ])('that reads from left to right stays as it is: “%s”', (text) => {
    expect(isolate(text)).toBe(text)
  })

  test.each([
    ['Hebrew', 'שיר'],
    ['Arabic', 'مقطوعة'],
    ['Arabic in a path', '/home/me/مقطوعة/1.mp3'],
    ['presentation forms', 'ﻣﺤﻤﺪ'],
    ['N’Ko', 'ߒߞߏ'],
    ['Adlam', '𞤀𞤣𞤤𞤢𞤥'],
    ['a mark from right to left', 'a\u200fb'],
  ])('is isolated with %s', (_kind, text) => {
    expect(isolate(text)).toBe(`\u2068${text}\u2069`)
  })

  test.each([
    ['an override', 'a\u202eb', 'ab'],
    ['an unfinished embedding', '\u202babc', 'abc'],
    ['the end of an isolate', 'a\u2069\u202eb', 'ab'],
    ['controls around Hebrew', '\u2067שיר\u2069\u202e', '\u2068שיר\u2069'],
    ['a line break', 'one\ntwo', 'one two'],
    ['an escape sequence', '\u001b[31mred', '\ufffd[31mred'],
    ['a paragraph separator', 'one\u2029two', 'one two'],
    ['half a character', 'one\ud800', 'one\ufffd'],
  ])('cannot change the sentence with %s', (_kind, text, expected) => {
    expect(isolate(text)).toBe(expected)
  })

  test('never leaves a control open or a line broken', () => {
    const unit = fc.constantFrom(...'aא1 \n\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f')
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        expect(openControls(isolate(text))).toBe(0)
        expect(isolate(text)).not.toMatch(/[\n\u2028\u2029]/)
      }),
    )
  })

  test('is isolated by itself in a list', () => {
    expect(joinIsolated(['Title', undefined, 'שיר'], ' — ')).toBe('Title — \u2068שיר\u2069')
    expect(joinIsolated(['', 'Album'], ' — ')).toBe('Album')
    expect(joinIsolated([undefined], ' — ')).toBe('')
  })
})

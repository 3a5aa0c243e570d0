import { describe, expect, test } from 'vitest'
import { foldedWords, foldText } from '../../shared/library/fold-text.ts'

/** What a keyboard types, and what a tag contains instead. */
const typed: readonly (readonly [string, string, ...string[]])[] = [
  ['apostrophe', "don't", 'Don’t', 'Don‘t', 'Donʼt', 'Don‛t', 'Don´t', 'Don`t', 'Don＇t', 'Don′t', 'Donʹt'],
  ['letter apostrophe', "hawai'i", 'Hawaiʻi', 'Hawaiʿi', 'Hawaiʾi', 'Hawaiꞌi'],
  [
    'quote',
    '"heroes"',
    '“Heroes”',
    '„Heroes“',
    '«Heroes»',
    '‟Heroes″',
    '＂Heroes＂',
    '〝Heroes〞',
    '״Heroes״',
  ],
  ['single angle quote', "'heroes'", '‹Heroes›', '‚Heroes‘'],
  [
    'hyphen',
    'jay-z',
    'Jay‐Z',
    'Jay‑Z',
    'Jay–Z',
    'Jay—Z',
    'Jay−Z',
    'Jay－Z',
    'Jay﹣Z',
    'Jay―Z',
    'Jay‒Z',
    'Jay⁃Z',
    'Jay֊Z',
  ],
  ['dashes', 'one -- two', 'One — two', 'One – two', 'One - two', 'One ⸺ two'],
  ['ellipsis', 'wait...', 'Wait…', 'Wait⋯', 'Wait．．．', 'Wait︙'],
  ['two dots', 'wait..', 'Wait‥'],
  ['slash', 'ac/dc', 'AC⁄DC', 'AC∕DC', 'AC／DC', 'AC⧸DC'],
  ['colon', 're: stacks', 'Re： Stacks', 'Re꞉ Stacks', 'Re∶ Stacks'],
  ['tilde', 'a~b', 'a～b', 'a〜b', 'a∼b', 'a˜b'],
  ['multiplication sign', '4x4', '4×4'],
  ['music signs', 'f# bb', 'F♯ B♭'],
  ['width', 'full width 12', 'Ｆｕｌｌ　ｗｉｄｔｈ　１２'],
  ['half-width kana', 'ガパ', 'ｶﾞﾊﾟ', 'カ\u3099ハ\u309a', 'カ゛ハ゜'],
  ['mathematical letters', 'bold', '𝐁𝐨𝐥𝐝', '𝓑𝓸𝓵𝓭', 'ⓑⓞⓛⓓ'],
  ['ligatures', 'fine office flat', 'ﬁne oﬃce ﬂat'],
  ['letters that are two', 'ij dz lj ss ae oe th', 'ĳ ǆ ǉ ẞ Æ Œ Þ'],
  ['letters with a stroke', 'o d d l h t b z', 'Ø Đ Ð Ł Ħ Ŧ ƀ Ƶ'],
  ['letters that Latin keyboards lack', 'en seher sarki', 'Ən Şəhər Şarkı'],
  ['superscripts and signs', 'x2 1 iv no tm', 'x² ① Ⅳ № ™'],
  [
    'accents',
    'bjork cechomor angstrom',
    'Björk Čechomor Ångström',
    'Bjo\u0308rk C\u030cechomor A\u030angstro\u0308m',
  ],
  ['Vietnamese', 'duong', 'Đường'],
  ['Turkish i', 'istanbul', 'İstanbul', 'ISTANBUL', 'ıstanbul', 'İSTANBUL'],
  ['final sigma', 'οδοσ', 'ΟΔΟΣ', 'οδος', 'Ὀδός'],
  ['Greek symbols', 'βθφπκρ', 'ϐϑϕϖϰϱ'],
  ['micro sign', 'μ', 'µ', 'Μ'],
  ['Cyrillic', 'елка', 'Ёлка', 'Е\u0308лка'],
  ['Cyrillic short i', 'мой', 'МОЙ', 'Мои\u0306'],
  ['Armenian ligature', 'և', 'եւ', 'ԵՒ'],
  ['Arabic', 'محمد', 'مُحَمَّد', 'محـــمد', 'ﻣﺤﻤﺪ'],
  ['Arabic keyboards', 'كي', 'کی', 'كى'],
  ['Arabic digits', '1234', '١٢٣٤', '۱۲۳۴'],
  ['Hebrew', 'שלום', 'שָׁלוֹם', 'שׁלום'],
  ['Hangul', '한국어', '한국어'.normalize('NFD'), '한국어'.normalize('NFKD')],
  ['Devanagari digits', '10', '१०'],
  [
    'invisible characters',
    'rock',
    'ro\u00adck',
    'ro\u200bck',
    '\ufeffrock',
    'r\u2060ock',
    'rock\u200e',
    '\u202erock\u202c',
  ],
  ['emoji', '❤', '❤\ufe0f'],
  ['spaces', 'a b', 'a\u00a0b', 'a\u3000b', 'a\u2009b'],
]

const pairs = typed.flatMap(([kind, keys, ...written]) => written.map((text) => [kind, keys, text] as const))

/** Texts that differ for those who read them. */
const distinct: readonly (readonly [string, string, string])[] = [
  ['voiced kana', 'か', 'が'],
  ['half-voiced kana', 'は', 'ぱ'],
  ['half-voiced and voiced kana', 'ば', 'ぱ'],
  ['half-width voiced kana', 'ｶ', 'ｶﾞ'],
  ['hiragana and katakana', 'か', 'カ'],
  ['Devanagari vowel signs', 'कि', 'कु'],
  ['a Devanagari vowel sign and none', 'कल', 'काल'],
  ['Bengali vowel signs', 'কি', 'কা'],
  ['Tamil vowel signs', 'கி', 'கு'],
  ['Tamil virama', 'கா', 'க்'],
  ['Thai vowel signs', 'กิ', 'กี'],
  ['Thai tone marks', 'มา', 'ม้า'],
  ['Hangul syllables', '한', '헌'],
  ['Hangul finals', '각', '간'],
  ['Cyrillic short i', 'мои', 'мой'],
  ['Greek letters', 'σ', 'ρ'],
  ['signs of names', 'p!nk', 'pink'],
  ['a hyphen and none', 'jay-z', 'jayz'],
]

describe('folding', () => {
  test.each(pairs)('%s: “%s” is “%s”', (_kind, keys, written) => {
    expect(foldText(written)).toBe(foldText(keys))
  })

  test.each(distinct)('%s: “%s” is not in “%s”', (_kind, one, other) => {
    expect(foldText(other)).not.toContain(foldText(one))
    expect(foldText(one)).not.toContain(foldText(other))
  })

  test.each(pairs)('%s: folding “%s” or “%s” twice changes nothing', (_kind, keys, written) => {
    expect(foldText(foldText(written))).toBe(foldText(written))
    expect(foldText(foldText(keys))).toBe(foldText(keys))
  })

  test('a syllable that is being typed finds the word', () => {
    expect(foldText('한국어')).toContain(foldText('하'))
    expect(foldText('한국어')).toContain(foldText('한ㄱ'))
  })

  test('every character of Unicode folds to a text that folds to itself', () => {
    const unstable: string[] = []
    for (let code = 0; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue
      const folded = foldText(String.fromCodePoint(code))
      if (foldText(folded) !== folded) unstable.push(code.toString(16))
    }
    expect(unstable).toEqual([])
  })
})

test('the words of a query are folded and divided at any space', () => {
  expect(foldedWords('  Don’t\u00a0STOP \u200b ｎｏｗ ')).toEqual(["don't", 'stop', 'now'])
  expect(foldedWords(' \u3000 ')).toEqual([])
})

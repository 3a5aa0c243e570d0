import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareTexts, sortableText } from '../../shared/library/sorting/compare-texts.ts'
import { sortByRanks } from '../../shared/library/sorting/sort-by-ranks.ts'
import { rankNumbers, TextRanks } from '../../shared/library/sorting/text-ranks.ts'

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
/** Characters and parts that meet each other in names, and every printable one of ASCII. */
const parts = fc.oneof(
  fc.constantFrom(
    'a',
    'B',
    'b',
    ' ',
    '0',
    '00',
    '9',
    '10',
    '007',
    '-',
    "'",
    'ä',
    'ß',
    'é',
    '東',
    '\u0301',
    '~',
  ),
  fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)),
)
const texts = fc.array(parts, { maxLength: 8 }).map((all) => all.join(''))

test('plain texts have keys, and sort like the collator sorts them', () => {
  expect(sortableText('Plain 10').key).toBeDefined()
  expect(sortableText('Über').key).toBeUndefined()
  fc.assert(
    fc.property(texts, texts, (one, other) => {
      const difference = compareTexts(sortableText(one), sortableText(other))
      expect(Math.sign(difference), `${one} | ${other}`).toBe(Math.sign(collator.compare(one, other)))
    }),
    { numRuns: 5000 },
  )
})

test('ranks that grow are those of all texts ranked at once', () => {
  const lists = fc.array(fc.array(fc.option(texts, { nil: undefined }), { maxLength: 8 }), { maxLength: 5 })
  fc.assert(
    fc.property(lists, (batches) => {
      const kept = new TextRanks()
      for (const batch of batches) kept.rank(batch)
      const all = batches.flat()
      expect(kept.rank(all)).toEqual(new TextRanks().rank(all))
    }),
  )
})

test('indexes are sorted by ranks like a stable sort, missing values last', () => {
  const numbers = fc.array(fc.option(fc.constantFrom(-2.5, 0, 1, 7, 2 ** 40), { nil: undefined }))
  fc.assert(
    fc.property(numbers, fc.boolean(), (values, descending) => {
      const indexes = Int32Array.from(values, (_, index) => index).reverse()
      const sorted = sortByRanks(indexes, rankNumbers(values), descending)
      const expected = [...indexes].sort((a, b) => {
        const [one, other] = [values[a], values[b]]
        if (one === other) return 0
        if (one === undefined) return 1
        if (other === undefined) return -1
        return descending ? other - one : one - other
      })
      expect([...sorted]).toEqual(expected)
    }),
  )
})

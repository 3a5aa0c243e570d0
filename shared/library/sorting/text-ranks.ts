import { compareTexts, type SortableText, sortableText } from './compare-texts.ts'

interface RankedText extends SortableText {
  /** Whether it is equal to the text before it. */
  isRepeated: boolean
  rank: number
}

/** The ranks of texts in sorted order. Texts that are equal to the collator have the same rank. */
export class TextRanks {
  readonly #byText = new Map<string, RankedText>()
  #sorted: RankedText[] = []

  /** Returns the rank of each text, −1 for undefined. The ranks of two calls cannot be compared. */
  rank(texts: readonly (string | undefined)[]): Int32Array {
    const added: RankedText[] = []
    for (const text of texts) {
      if (text === undefined || this.#byText.has(text)) continue
      const ranked = { ...sortableText(text), isRepeated: false, rank: 0 }
      this.#byText.set(text, ranked)
      added.push(ranked)
    }
    if (added.length > 0) this.#merge(added.sort(compareTexts))
    const ranks = new Int32Array(texts.length)
    for (let index = 0; index < texts.length; index++) {
      const text = texts[index]
      ranks[index] = text === undefined ? -1 : (this.#byText.get(text) as RankedText).rank
    }
    return ranks
  }

  /** A comparison costs far more than a copy, so a binary search finds the index of each added text. */
  #merge(added: readonly RankedText[]): void {
    const known = this.#sorted
    const sorted: RankedText[] = []
    const insert = (text: RankedText): void => {
      const previous = sorted.at(-1)
      text.isRepeated = previous !== undefined && compareTexts(previous, text) === 0
      sorted.push(text)
    }
    let from = 0
    for (const text of added) {
      const to = findInsertionIndex(known, text, from)
      for (let index = from; index < to; index++) sorted.push(known[index] as RankedText)
      const next = known[to]
      insert(text)
      // The text before it is another one now.
      if (next !== undefined) next.isRepeated = compareTexts(text, next) === 0
      from = to
    }
    for (let index = from; index < known.length; index++) sorted.push(known[index] as RankedText)
    this.#sorted = sorted
    let rank = -1
    for (const text of sorted) {
      if (!text.isRepeated) rank++
      text.rank = rank
    }
  }
}

function findInsertionIndex(known: readonly RankedText[], text: RankedText, from: number): number {
  let low = from
  let high = known.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareTexts(known[middle] as RankedText, text) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Returns the rank of each number, −1 for undefined. */
export function rankNumbers(numbers: readonly (number | undefined)[]): Int32Array {
  const distinct = new Set<number>()
  for (const number of numbers) if (number !== undefined) distinct.add(number)
  const ranks = new Map<number, number>()
  for (const [rank, number] of Float64Array.from(distinct).sort().entries()) ranks.set(number, rank)
  return Int32Array.from(numbers, (number) => (number === undefined ? -1 : (ranks.get(number) as number)))
}

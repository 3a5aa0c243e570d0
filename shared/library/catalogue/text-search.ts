/** Which texts contain all of the words. `marks` has one entry per text: 1 for a match. */
export interface SearchResult {
  readonly words: readonly string[]
  readonly marks: Uint8Array
}

export const emptySearchResult: SearchResult = { words: [], marks: new Uint8Array(0) }

/**
 * Searches texts for words. If the words extend those of `previous`, skips the texts that did not match then.
 * Texts may have been added since `previous`, but not changed.
 */
export function searchTexts(
  texts: readonly string[],
  words: readonly string[],
  previous: SearchResult,
): SearchResult {
  const extendsPrevious = previous.words.every((word) => words.some((longer) => longer.includes(word)))
  const marks = new Uint8Array(texts.length)
  texts.forEach((text, index) => {
    if (extendsPrevious && previous.marks[index] === 0) return
    marks[index] = words.every((word) => text.includes(word)) ? 1 : 0
  })
  return { words, marks }
}

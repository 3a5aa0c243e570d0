/** Which texts hold all of some words: `marks` has a 1 for each that does, and is as long as the texts looked at. */
export interface SearchResult {
  readonly words: readonly string[]
  readonly marks: Uint8Array
}

export const emptySearchResult: SearchResult = { words: [], marks: new Uint8Array(0) }

/**
 * Looks for words in texts. Where they continue the words of the former search, what did not hold those is passed
 * over. `texts` may have grown since `former`, but not changed.
 */
export function searchTexts(
  texts: readonly string[],
  words: readonly string[],
  former: SearchResult,
): SearchResult {
  const narrows = former.words.every((word) => words.some((longer) => longer.includes(word)))
  const marks = new Uint8Array(texts.length)
  texts.forEach((text, place) => {
    if (narrows && former.marks[place] === 0) return
    marks[place] = words.every((word) => text.includes(word)) ? 1 : 0
  })
  return { words, marks }
}

/** Letters that people type without their mark, but that Unicode does not decompose. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ı: 'i',
  þ: 'th',
}
const specialLetters = /[ßæœøđðłıþ]/g

/** Returns a text as the search compares it: without case, accents and width (`Ｆ` is `f`, `Ø` is `o`). */
export function foldText(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(specialLetters, (letter) => plainLetters[letter] ?? letter)
}

/** Returns the words of a query, folded. */
export function foldedWords(query: string): string[] {
  return foldText(query).split(/\s+/).filter(Boolean)
}

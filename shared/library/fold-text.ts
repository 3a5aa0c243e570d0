/** What a keyboard types for the characters on the right. */
const typedCharacters: Readonly<Record<string, string>> = {
  "'": '’‘‚‛‹›′‵´`ʹʻʼʽʾʿˈ՚׳ꞌ',
  '"': '“”„‟«»″‶〝〞〟״',
  '-': '‐‑‒–—―−⁃˗֊־᠆⸗⸺⸻⹀﹘',
  '...': '⋯︙',
  '/': '⁄∕⧸',
  ':': '꞉∶',
  '~': '〜∼˜',
  '·': '•‧∙⋅・',
  '#': '♯',
  x: '×',
  '\u3099': '゛',
  '\u309A': '゜',
  ae: 'æ',
  b: '♭ƀ',
  d: 'đðɖɗ',
  e: 'əǝ',
  h: 'ħ',
  i: 'ı',
  j: 'ȷ',
  l: 'ł',
  n: 'ŋ',
  o: 'øɵ',
  oe: 'œ',
  ss: 'ß',
  t: 'ŧ',
  th: 'þ',
  z: 'ƶ',
  σ: 'ς',
  ا: 'ٱ',
  ك: 'ک',
  ي: 'یى',
  // Yiddish.
  וו: 'װ',
  וי: 'ױ',
  יי: 'ײ',
}

/** The zeros of decimal digits that Unicode does not decompose. */
const zeros = '٠۰߀०০੦૦୦௦౦೦൦๐໐༠၀០᠐'

const replacements = new Map<string, string>()
for (const [typed, characters] of Object.entries(typedCharacters))
  for (const character of characters) replacements.set(character, typed)
for (const zero of zeros)
  for (let digit = 0; digit <= 9; digit++)
    replacements.set(String.fromCodePoint((zero.codePointAt(0) ?? 0) + digit), String(digit))
const replacedCharacters = new RegExp(`[${[...replacements.keys()].join('')}]`, 'gu')

/** Letters that a mark makes another letter: voiced kana, and the Cyrillic short i. */
const composedLetters = /[\u3041-\u30FF][\u3099\u309A]|и\u0306/gu

/** Marks that people leave out when they type. In other scripts they are vowels and tones, which differ. */
const omittedMarks =
  /(?![\u3099\u309A])(?=[\p{sc=Inherited}\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}])\p{M}/gu

/** Characters without a shape, and the line that only lengthens an Arabic word. */
const invisibleCharacters = /[\p{Default_Ignorable_Code_Point}\u0640]/gu

// biome-ignore lint/suspicious/noControlCharactersInRegex: this is the whole of ASCII
const plainText = /^[\x00-\x7F]*$/

/**
 * Returns a text as the search compares it: with only the differences that a person means. Case, accents, width and
 * the shape of quotes and dashes make no difference; a voiced kana and a vowel sign do.
 */
export function foldText(text: string): string {
  const folded = plainText.test(text) ? text.toLowerCase() : foldUnicode(text)
  // Two hyphens are typed for a dash.
  return folded.replaceAll('`', "'").replace(/--+/g, '-')
}

function foldUnicode(text: string): string {
  return (
    replaceCharacters(text)
      .normalize('NFKD')
      // After the decomposition, which makes capitals of signs and of mathematical letters.
      .toLowerCase()
      .replace(invisibleCharacters, '')
      .replace(composedLetters, (letter) => letter.normalize('NFC'))
      .replace(omittedMarks, '')
      .replace(replacedCharacters, replacementOf)
  )
}

/** Before the decomposition, which makes a space and a mark of some signs. */
const replaceCharacters = (text: string): string => text.replace(replacedCharacters, replacementOf)

const replacementOf = (character: string): string => replacements.get(character) ?? character

/** Folds texts of which many are the same, such as the artists of a library. */
export class TextFolder {
  readonly #folded = new Map<string, string>()

  fold(text: string): string {
    let folded = this.#folded.get(text)
    if (folded === undefined) {
      folded = foldText(text)
      this.#folded.set(text, folded)
    }
    return folded
  }
}

/** Returns the words of a query, folded. */
export function foldedWords(query: string): string[] {
  return foldText(query).split(/\s+/).filter(Boolean)
}

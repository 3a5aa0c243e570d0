/** Sorts by the user's alphabet, and `2` before `10`. Case and accents make no difference. */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** A text with its sort key, if it has one. */
export interface SortableText {
  readonly text: string
  /** Undefined for a text that only the collator can compare. */
  readonly key: string | undefined
}

/**
 * Plain texts are compared by keys, several times as fast as by the collator. A key has one character per letter or sign, in
 * the collator's order, and one group of characters per number.
 */
const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(97 + index))
const weights = computeWeights()
const areKeysCorrect = checkKeys()

export const sortableText = (text: string): SortableText => ({
  text,
  key: areKeysCorrect ? sortKeyOf(text) : undefined,
})

export function compareTexts(a: SortableText, b: SortableText): number {
  if (a.key === undefined || b.key === undefined) return collator.compare(a.text, b.text)
  if (a.key === b.key) return 0
  return a.key < b.key ? -1 : 1
}

const maxDigits = 200

/** Returns a text whose code units sort like the given one; undefined if it is not plain ASCII. */
function sortKeyOf(text: string): string | undefined {
  // Most texts; their letters are their own weights.
  if (/^[a-z ]*$/i.test(text)) return text.toLowerCase().replaceAll(' ', weights[32] as string)
  let key = ''
  for (let index = 0; index < text.length; ) {
    const code = text.charCodeAt(index)
    const weight = weights[code]
    if (weight === undefined) return undefined
    key += weight
    if (!isDigit(code)) {
      index++
      continue
    }
    let start = index
    while (index < text.length && isDigit(text.charCodeAt(index))) index++
    while (start < index && text[start] === '0') start++
    if (index - start > maxDigits) return undefined
    // A number with more digits is larger.
    key += String.fromCharCode(index - start + 1) + text.slice(start, index)
  }
  return key
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57

/** Returns a character for each printable character of ASCII. Those that are equal to the collator have the same. */
function computeWeights(): readonly (string | undefined)[] {
  const characters = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
  // All digits stand for the beginning of a number.
  const sorted = characters.filter((character) => !/[1-9]/.test(character)).sort(collator.compare)
  const found: (string | undefined)[] = []
  let weight = 0
  for (const [index, character] of sorted.entries()) {
    const previous = sorted[index - 1]
    if (previous === undefined || collator.compare(previous, character) !== 0) weight++
    found[character.charCodeAt(0)] = String.fromCharCode(weight)
  }
  for (const character of letters) {
    found[character.charCodeAt(0)] = character
    found[character.toUpperCase().charCodeAt(0)] = character
  }
  for (let code = 49; code <= 57; code++) found[code] = found[48]
  return found
}

/** In some languages two letters sort like one, or letters have another sequence: keys are not used there. */
function checkKeys(): boolean {
  const signs = weights.filter((_, code) => !/[a-z]/i.test(String.fromCharCode(code)))
  // A sign that sorts after a letter would have a weight before all letters.
  if (signs.some((sign) => sign !== undefined && sign.charCodeAt(0) >= 97)) return false
  if (collator.compare('~', 'a') > 0 || collator.compare('9', 'a') > 0) return false
  const pairs = letters.flatMap((first) => letters.map((second) => first + second))
  return pairs.every((pair, index) => {
    const previous = pairs[index - 1]
    return previous === undefined || collator.compare(previous, pair) < 0
  })
}

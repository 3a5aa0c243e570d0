const maxTextLength = 1000
// Control characters, line and paragraph separators, and noncharacters.
// biome-ignore lint/suspicious/noControlCharactersInRegex: this removes control characters
const unwantedCharacters = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\uFFFE\uFFFF]+/g

/** Characters that turn the text after them round. In a list, each text has its own direction. */
const directionControls = /[\u202A-\u202E\u2066-\u2069]+/g

/** Zero-width spaces, byte order marks and soft hyphens mean nothing at an end. Joiners can belong to a letter there. */
const isMeaninglessAtEnd = (character: string): boolean => ' \u00AD\u200B\u2060\uFEFF'.includes(character)

/** Words of printable ASCII with a space between them: most texts. They need no change. */
const plainText = /^[!-~]+(?: [!-~]+)*$/

const visibleCharacter = /[^\s\p{Default_Ignorable_Code_Point}\u2800]/u

/** Returns a tag's text as one well-formed line of up to 1000 UTF-16 units; undefined if nothing visible remains. */
export function sanitizeText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  if (value.length <= maxTextLength && plainText.test(value)) return value
  // Cut first, so that a tag of many megabytes costs nothing. A pair that is cut in two becomes U+FFFD.
  const line = value
    .slice(0, 4 * maxTextLength)
    .replace(unwantedCharacters, ' ')
    .replace(directionControls, '')
    .replace(/\s+/g, ' ')
  const cut = trimInvisible(line)
    .slice(0, maxTextLength)
    .replace(/[\uD800-\uDBFF]$/, '')
    .toWellFormed()
  const text = trimInvisible(cut)
  return visibleCharacter.test(text) ? text : undefined
}

/** Removes what is meaningless at both ends. A loop, because a regular expression would be quadratic. */
function trimInvisible(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isMeaninglessAtEnd(text[start] ?? '')) start++
  while (end > start && isMeaninglessAtEnd(text[end - 1] ?? '')) end--
  return text.slice(start, end)
}

/** Returns a whole number from 1 to `max`, else undefined. */
export function sanitizeCount(value: unknown, max: number): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= max
    ? value
    : undefined
}

const maxDurationSeconds = 10_000_000

/** Returns seconds above 0 and below four months, else undefined. */
export function sanitizeDuration(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 && value < maxDurationSeconds ? value : undefined
}

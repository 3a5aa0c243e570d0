const maxTextLength = 1000
// Control characters, line and paragraph separators, and noncharacters.
// biome-ignore lint/suspicious/noControlCharactersInRegex: this removes control characters
const unwantedCharacters = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\uFFFE\uFFFF]+/g

/** Returns a tag's text as one well-formed line of up to 1000 UTF-16 units; undefined if nothing remains. */
export function sanitizeText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  // Cut first, so that a tag of many megabytes costs nothing. A pair that is cut in two becomes U+FFFD.
  const text = value
    .slice(0, 4 * maxTextLength)
    .replace(unwantedCharacters, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, maxTextLength)
    .replace(/[\uD800-\uDBFF]$/, '')
    .toWellFormed()
  return text === '' ? undefined : text
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

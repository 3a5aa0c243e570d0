const maxTextLength = 1000
// Control characters, line and paragraph separators, and the code points Unicode will never use.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
const unwantedCharacters = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\uFFFE\uFFFF]+/g

/** Text from a tag made fit to show: one line, well-formed, at most 1000 UTF-16 units; undefined when nothing is left. */
export function sanitizeText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  // The cut comes first, so that a tag of many megabytes costs nothing; a pair cut in two becomes U+FFFD.
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

/** A whole number from 1 to `most`, else undefined. */
export function sanitizeCount(value: unknown, most: number): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most
    ? value
    : undefined
}

const maxDurationSeconds = 10_000_000

/** Seconds, above 0 and below four months, else undefined. */
export function sanitizeDuration(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 && value < maxDurationSeconds ? value : undefined
}

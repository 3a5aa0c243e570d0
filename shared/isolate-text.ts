/** Characters that change the direction of the text after them, until another one ends it. */
const directionControls = /[\u202A-\u202E\u2066-\u2069]/g

const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: a name must not control a terminal
const controlCharacters = /[\u0000-\u001F\u007F-\u009F]/g

/** Characters that are written from right to left. */
const rightToLeft = /[\u0590-\u08FF\u200F\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u

/**
 * Returns a name or the text of a tag for a sentence that quotes it. It cannot turn round or break the sentence. A text
 * from left to right needs no isolation, because all messages are in languages that are written so.
 */
export function isolate(text: string): string {
  const line = text
    .replace(directionControls, '')
    .replace(lineBreaks, ' ')
    .replace(controlCharacters, '\uFFFD')
    .toWellFormed()
  return rightToLeft.test(line) ? `\u2068${line}\u2069` : line
}

/** Joins the parts that exist, each isolated. */
export function joinIsolated(parts: readonly (string | undefined)[], separator: string): string {
  return parts.flatMap((part) => (part ? [isolate(part)] : [])).join(separator)
}

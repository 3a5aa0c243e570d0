import type { ListedTag } from '../../../../shared/library/track-details.ts'
import { decodeByteTexts } from './code-pages.ts'
import type { RawText } from './raw-tags.ts'

const maxFields = 300
const maxValues = 20
const maxTextLength = 2000

/** Returns a tag as it is shown to the user. Texts whose code page is not known are read together. */
export async function listFields(
  format: string,
  fields: Iterable<readonly [name: string, values: readonly RawText[]]>,
): Promise<ListedTag> {
  const all = [...fields]
  const shown = all.slice(0, maxFields).map(([name, values]) => [name, values.slice(0, maxValues)] as const)
  const coded = shown.flatMap(([, values]) => values.filter((value) => typeof value !== 'string'))
  const texts = await decodeByteTexts(coded)
  const decoded = new Map<RawText, string>(coded.map((bytes, index) => [bytes, texts[index] ?? '']))
  const textOf = (value: RawText) => (typeof value === 'string' ? value : (decoded.get(value) ?? ''))
  return {
    format,
    fields: shown.map(([name, values]) => ({ name: clean(name), values: values.map(textOf).map(clean) })),
    leftOut: all.length - shown.length,
  }
}

// Control characters, except for line feeds.
// biome-ignore lint/suspicious/noControlCharactersInRegex: this removes control characters
const controlCharacters = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/g

/** The lines of lyrics and comments are kept. */
function clean(text: string): string {
  const cut = text.length > maxTextLength ? `${text.slice(0, maxTextLength)}…` : text
  return cut.replace(/\r\n?/g, '\n').replace(controlCharacters, ' ').toWellFormed()
}

import { foldText } from './fold-text.ts'

const guests = /\s+[([]?(?:feat|ft|featuring)\b\.?\s*/i
const closingBracket = /[)\]]\s*$/
const notLettersOrDigits = /[^\p{L}\p{N}\p{M}]+/gu
const articles = /^(?:the|an?|der|die|das|les?|las?|los|el)\s+(?=\S)/i

/** Returns what the names of one artist, album or genre have in common: letters and digits without case and accents. */
export class NameKeys {
  readonly #keys = new Map<string, string>()

  keyOf(name = ''): string {
    let key = this.#keys.get(name)
    if (key === undefined) {
      const text = foldText(name)
      // A name without letters and digits keeps its signs.
      key = text.replace(notLettersOrDigits, ' ').trim() || text.trim()
      this.#keys.set(name, key)
    }
    return key
  }

  clear(): void {
    this.#keys.clear()
  }
}

/** Returns the artists that a credit names: `A feat. B` names A and B. */
export function creditedNames(credit: string): readonly string[] {
  const [artist = '', ...others] = credit.split(guests)
  if (others.length === 0) return [credit]
  return [artist, ...others.map((name) => name.replace(closingBracket, ''))]
    .map((name) => name.trim())
    .filter(Boolean)
}

/** Returns a name without its leading article, as lists sort it: `Beatles` for `The Beatles`. */
export const withoutArticle = (name: string): string => name.replace(articles, '')

import { baseLocale, type Locale, locales, overwriteGetLocale } from './i18n/runtime.js'

let locale: Locale = baseLocale
overwriteGetLocale(() => locale)

/** Returns the first preferred language that has a catalogue: by its whole tag, else by its language alone. */
export function matchLocale(
  preferredLanguages: readonly string[],
  available: readonly Locale[] = locales,
): Locale {
  const find = (tag: string | undefined) => available.find((known) => known.toLowerCase() === tag)
  for (const language of preferredLanguages) {
    const tag = language.toLowerCase()
    const match = find(tag) ?? find(tag.split('-')[0])
    if (match !== undefined) return match
  }
  return baseLocale
}

/**
 * Selects the language of all messages in this realm. Call it in the window, in the host and in each worker that makes
 * messages, before the first message.
 */
export function selectLocale(preferredLanguages: readonly string[]): void {
  locale = matchLocale(preferredLanguages)
}

/** The language that `selectLocale` chose, for a worker that this realm starts. */
export const currentLocale = (): Locale => locale

/** A date without what is not known. */
interface DateParts {
  readonly year: number
  readonly month?: number | undefined
  readonly day?: number | undefined
}

const maxTextLength = 100

/**
 * Returns a date in any common notation as ISO 8601, as precise as it is certain: `6 May 2004`, `05/2004`, `20040506`,
 * `2004年5月`, `(2004)`. The first of two numbers that may be day and month is neither, so `05/06/2004` is 2004. Of two
 * years, like `1999/2004`, the later is that of this edition. Returns undefined if there is no year.
 */
export function parseDate(text: string | undefined): string | undefined {
  const plain = plainDigits((text ?? '').slice(0, maxTextLength).normalize('NFKC')).trim()
  const parts = compactDate(plain) ?? writtenDate(plain)
  return parts === undefined || parts.year === 0 ? undefined : formatDate(parts)
}

/** Returns the text with ASCII digits. In each script, the ten digits follow each other. */
function plainDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹०-९๐-๙]/g, (digit) => String((digit.charCodeAt(0) - zeroBefore(digit)) % 10))
}

function zeroBefore(digit: string): number {
  return (
    ['٠', '۰', '०', '๐'].map((zero) => zero.charCodeAt(0)).findLast((zero) => zero <= digit.charCodeAt(0)) ??
    0
  )
}

/** `20040506`, with or without a time, and `200405`. */
function compactDate(text: string): DateParts | undefined {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)?(?:T?\d{4,6})?(?!\d)/.exec(text) ?? []
  if (year === undefined || (day === undefined && !isMonth(Number(month)))) return undefined
  return { year: Number(year), month: Number(month), day: day === undefined ? undefined : Number(day) }
}

/** Dates whose parts are words, or numbers with something between them. */
function writtenDate(text: string): DateParts | undefined {
  const year = findYear(text)
  if (year === undefined) return undefined
  const before = text.slice(0, year.index)
  const behind = text.slice(year.index + 4)
  const month = findMonthName(text)
  if (month !== undefined) return { year: year.value, month, day: dayBesideName(before, behind) }
  return { year: year.value, ...(numbersBehind(behind) ?? numbersBefore(before)) }
}

function findYear(text: string): { readonly value: number; readonly index: number } | undefined {
  const years = [...text.matchAll(/(?<!\d)\d{4}(?!\d)/g)].filter(([year]) => year !== '0000')
  const [first, second] = years
  if (first === undefined) return undefined
  const isRange = second !== undefined && /^\s*[/–—-]\s*$/.test(text.slice(first.index + 4, second.index))
  const year = isRange ? second : first
  return { value: Number(year[0]), index: year.index }
}

/** `-05-06`, `/5`, `.05.06`, `年5月6日` behind a year; a time may follow. */
function numbersBehind(text: string): Omit<DateParts, 'year'> | undefined {
  const separated = /^\s*[-/.年]\s*(\d\d?)(?!\d)(?:\s*[-/.月]\s*(\d\d?)(?!\d))?/.exec(text)
  if (separated === null) return undefined
  return { month: Number(separated[1]), day: separated[2] === undefined ? undefined : Number(separated[2]) }
}

/** `06.05.`, `5/` before a year. */
function numbersBefore(text: string): Omit<DateParts, 'year'> | undefined {
  const [, first, separator, second] =
    /(?<!\d)(?:(\d\d?)\s*([-/. ])\s*)?(\d\d?)\s*[-/. ]\s*$/.exec(text) ?? []
  if (second === undefined) return undefined
  if (first === undefined) return { month: Number(second) }
  const [a, b] = [Number(first), Number(second)]
  // With dots the day always comes first. Otherwise it depends on the country, unless one number is not a month.
  if (separator === '.' || a === b || a > 12) return { day: a, month: b }
  return b > 12 ? { day: b, month: a } : {}
}

/** `6 May 2004`, `May 6th, 2004`, `2004 May 6`. */
function dayBesideName(before: string, behind: string): number | undefined {
  const pattern = /(?<!\d)(\d\d?)(?![\d:])/
  const [, day] = pattern.exec(before) ?? pattern.exec(behind) ?? []
  return day === undefined ? undefined : Number(day)
}

/** Returns only what can be: `2004-13-45` is 2004, and the 31st of February is some day in February. */
function formatDate({ year, month, day }: DateParts): string {
  const yearText = String(year).padStart(4, '0')
  if (month === undefined || !isMonth(month)) return yearText
  const monthText = `${yearText}-${String(month).padStart(2, '0')}`
  const isDay = day !== undefined && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
  return isDay ? `${monthText}-${String(day).padStart(2, '0')}` : monthText
}

function isMonth(month: number): boolean {
  return month >= 1 && month <= 12
}

function findMonthName(text: string): number | undefined {
  const words = text.toLowerCase().match(/\p{L}{3,}/gu)
  if (words === null) return undefined
  monthNames ??= collectMonthNames()
  for (const word of words) {
    const month = monthNames.get(word)
    if (month !== undefined) return month
  }
  return undefined
}

const languages = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'nl',
  'sv',
  'da',
  'pl',
  'cs',
  'ru',
  'uk',
  'tr',
  'fi',
  'hu',
  'el',
]

/** Month names in lower case. */
let monthNames: Map<string, number> | undefined

/** Returns the names that dates have in these languages, in full and shortened, alone and beside a day. */
function collectMonthNames(): Map<string, number> {
  const names = new Map<string, number>([['sept', 9]])
  for (const language of languages) {
    for (const month of ['long', 'short'] as const) {
      for (const day of [undefined, 'numeric'] as const) {
        const format = new Intl.DateTimeFormat(language, { month, day, timeZone: 'UTC' })
        for (let index = 0; index < 12; index++) addMonthName(names, format, index)
      }
    }
  }
  return names
}

function addMonthName(names: Map<string, number>, format: Intl.DateTimeFormat, index: number): void {
  const parts = format.formatToParts(Date.UTC(2004, index, 6))
  const name = parts
    .find(({ type }) => type === 'month')
    ?.value.toLowerCase()
    .replace(/\.$/, '')
  if (name !== undefined && /^\p{L}{3,}$/u.test(name) && !names.has(name)) names.set(name, index + 1)
}

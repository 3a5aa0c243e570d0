import { foldText } from '../fold-text.ts'

export const textFilters = ['artist', 'albumartist', 'album', 'genre', 'title', 'composer', 'path'] as const
export const numberFilters = ['year', 'rating', 'plays'] as const
export const dateFilters = ['added', 'played'] as const

export type TextFilter = (typeof textFilters)[number]
export type NumberFilter = (typeof numberFilters)[number]
export type DateFilter = (typeof dateFilters)[number]

/** What a track must match, or with `isExcluded` must not. All texts are folded. */
export type SearchTerm = { readonly isExcluded: boolean } & (
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'text'; readonly field: TextFilter; readonly text: string }
  /** Both ends belong to the range. */
  | { readonly kind: 'number'; readonly field: NumberFilter; readonly min: number; readonly max: number }
  /** Milliseconds since 1970; `max` is the first time after the range. */
  | { readonly kind: 'date'; readonly field: DateFilter; readonly min: number; readonly max: number }
)

/** A part of a query: an optional minus, an optional field, and a quoted phrase or a word. */
const part = /(-?)(?:([a-z]+):)?(?:"([^"]*)(?:"|$)|(\S+))/y

/**
 * Returns the terms of a query: words, quoted phrases and filters like `artist:abba`, `year:1990..1999` or `rating:>3`,
 * each with an optional minus. What is no complete filter is a word. `now` is the time for `added:30d`, in milliseconds
 * since 1970.
 */
export function parseQuery(query: string, now: number): readonly SearchTerm[] {
  const text = foldText(query)
  const terms: SearchTerm[] = []
  for (let index = 0; index < text.length; ) {
    part.lastIndex = index
    const match = part.exec(text)
    if (match === null) index++
    else {
      index = part.lastIndex
      const term = parsePart(match, now)
      if (term !== undefined) terms.push(term)
    }
  }
  return terms
}

function parsePart(match: RegExpExecArray, now: number): SearchTerm | undefined {
  const [whole, minus, field, phrase, word] = match
  const isExcluded = minus === '-'
  const value = (phrase ?? word ?? '').trim()
  const filter = field === undefined || value === '' ? undefined : parseFilter(field, value, now)
  if (filter !== undefined) return { isExcluded, ...filter }
  // A field that does not exist, or a filter that is not complete, is part of the word.
  const text = field === undefined ? value : whole.slice(minus?.length)
  return text === '' ? undefined : { kind: 'word', text, isExcluded }
}

type Filter = SearchTerm extends infer Term
  ? Term extends SearchTerm
    ? Omit<Term, 'isExcluded'>
    : never
  : never

function parseFilter(field: string, value: string, now: number): Filter | undefined {
  const textField = textFilters.find((name) => name === field)
  if (textField !== undefined) return { kind: 'text', field: textField, text: value }
  const numberField = numberFilters.find((name) => name === field)
  if (numberField !== undefined) {
    const range = parseRange(value, parseNumber)
    return range && { kind: 'number', field: numberField, ...numberRange(range) }
  }
  const dateField = dateFilters.find((name) => name === field)
  if (dateField === undefined) return undefined
  const range = parseAge(value, now) ?? parseRange(value, parseDate)
  return range && { kind: 'date', field: dateField, ...dateRange(range) }
}

/** A range with the values as they are written; undefined for an open end. */
interface Range<Value> {
  readonly from: Value | undefined
  readonly to: Value | undefined
  readonly isOpen: boolean
}

/** Parses `a`, `a..b`, `a..`, `..b`, `>a`, `>=a`, `<b` and `<=b`. */
function parseRange<Value>(
  text: string,
  parseValue: (text: string) => Value | undefined,
): Range<Value> | undefined {
  const comparison = /^(<=?|>=?)(.+)$/.exec(text)
  if (comparison !== null) {
    const value = parseValue(comparison[2] ?? '')
    if (value === undefined) return undefined
    const isOpen = comparison[1]?.length === 1
    return comparison[1]?.startsWith('>')
      ? { from: value, to: undefined, isOpen }
      : { from: undefined, to: value, isOpen }
  }
  const ends = /^(.*?)\.\.(.*)$/.exec(text) ?? [text, text, text]
  const [from, to] = [ends[1] ?? '', ends[2] ?? ''].map((end) => (end === '' ? undefined : parseValue(end)))
  if ((ends[1] !== '' && from === undefined) || (ends[2] !== '' && to === undefined)) return undefined
  return from === undefined && to === undefined ? undefined : { from, to, isOpen: false }
}

function numberRange({ from, to, isOpen }: Range<number>): { readonly min: number; readonly max: number } {
  // Ratings come in halves, the other numbers are whole.
  const step = isOpen ? 0.25 : 0
  return {
    min: from === undefined ? Number.NEGATIVE_INFINITY : from + step,
    max: to === undefined ? Number.POSITIVE_INFINITY : to - step,
  }
}

/** A day, month or year: its first moment, and that of the next one. */
interface Period {
  readonly start: number
  readonly end: number
}

function dateRange({ from, to, isOpen }: Range<Period>): { readonly min: number; readonly max: number } {
  return {
    min: from === undefined ? Number.NEGATIVE_INFINITY : isOpen ? from.end : from.start,
    max: to === undefined ? Number.POSITIVE_INFINITY : isOpen ? to.start : to.end,
  }
}

function parseNumber(text: string): number | undefined {
  return /^\d{1,9}(?:[.,]\d{1,3})?$/.test(text) ? Number(text.replace(',', '.')) : undefined
}

/** Parses `2024`, `2024-05` and `2024-05-31`, in the local time zone. */
function parseDate(text: string): Period | undefined {
  const match = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(text)
  if (match === null) return undefined
  const [year = 0, month, day] = match
    .slice(1)
    .map((digits) => (digits === undefined ? undefined : Number(digits)))
  const start = new Date(year, (month ?? 1) - 1, day ?? 1)
  const exists = start.getMonth() === (month ?? 1) - 1 && start.getDate() === (day ?? 1)
  if (!exists) return undefined
  if (day !== undefined)
    return { start: start.getTime(), end: new Date(year, (month ?? 1) - 1, day + 1).getTime() }
  const end = month === undefined ? new Date(year + 1, 0) : new Date(year, month)
  return { start: start.getTime(), end: end.getTime() }
}

const daysOf: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 }
const millisecondsPerDay = 24 * 60 * 60 * 1000

/** Parses `7d`, `2w`, `6m` and `1y`: the time since then. */
function parseAge(text: string, now: number): Range<Period> | undefined {
  const [, count, unit] = /^(\d{1,4})([dwmy])$/.exec(text) ?? []
  if (count === undefined || unit === undefined) return undefined
  const start = now - Number(count) * (daysOf[unit] ?? 0) * millisecondsPerDay
  return { from: { start, end: start }, to: undefined, isOpen: false }
}

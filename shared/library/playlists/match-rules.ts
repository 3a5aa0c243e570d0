import { TextFolder } from '../fold-text.ts'
import { type Track, yearOf } from '../track.ts'
import type { DateField, NumberField, SmartRule, SmartRules, TextField } from './smart-rules.ts'

const millisecondsPerDay = 24 * 60 * 60 * 1000

type Predicate = (track: Track) => boolean

const textsOf: Readonly<Record<TextField, (track: Track) => readonly string[]>> = {
  any: (track) => [
    track.title,
    ...track.artists,
    ...track.albumArtists,
    ...(track.album === undefined ? [] : [track.album]),
    ...track.genres,
    ...track.composers,
    ...(track.date === undefined ? [] : [track.date]),
    track.path,
  ],
  title: ({ title }) => [title],
  artist: ({ artists }) => artists,
  albumArtist: ({ albumArtists }) => albumArtists,
  album: ({ album }) => (album === undefined ? [] : [album]),
  genre: ({ genres }) => genres,
  composer: ({ composers }) => composers,
  path: ({ path }) => [path],
}

const numberOf: Readonly<Record<NumberField, (track: Track) => number | undefined>> = {
  year: yearOf,
  // A track without a rating is below every rated one.
  rating: ({ rating }) => rating ?? 0,
  plays: ({ playCount }) => playCount,
  minutes: ({ duration }) => (duration === undefined ? undefined : duration / 60),
}

const dateOf: Readonly<Record<DateField, (track: Track) => number | undefined>> = {
  added: ({ addedAt }) => addedAt,
  lastPlayed: ({ lastPlayedAt }) => lastPlayedAt,
}

/** Returns whether a track matches rules at a time, in milliseconds since 1970. */
export function compileRules(
  { match, rules }: SmartRules,
  now: number,
  folder = new TextFolder(),
): Predicate {
  const predicates = rules.map((rule) => compileRule(rule, now, folder))
  if (predicates.length === 0) return () => true
  return match === 'all'
    ? (track) => predicates.every((matches) => matches(track))
    : (track) => predicates.some((matches) => matches(track))
}

function compileRule(rule: SmartRule, now: number, folder: TextFolder): Predicate {
  switch (rule.kind) {
    case 'text':
      return compileTextRule(rule, folder)
    case 'number':
      return compileNumberRule(rule)
    case 'date':
      return compileDateRule(rule, now)
  }
}

function compileTextRule(rule: Extract<SmartRule, { kind: 'text' }>, folder: TextFolder): Predicate {
  const texts = textsOf[rule.field]
  const value = folder.fold(rule.value.trim())
  const hasText = (compare: (text: string) => boolean): Predicate => {
    return (track) => texts(track).some((text) => compare(folder.fold(text)))
  }
  switch (rule.operator) {
    case 'contains':
      return hasText((text) => text.includes(value))
    case 'excludes':
      return not(hasText((text) => text.includes(value)))
    case 'startsWith':
      return hasText((text) => text.startsWith(value))
    case 'is':
      return isText(texts, value, folder)
    case 'isNot':
      return not(isText(texts, value, folder))
  }
}

/** An empty value stands for a missing tag. */
function isText(texts: (track: Track) => readonly string[], value: string, folder: TextFolder): Predicate {
  if (value === '') return (track) => texts(track).length === 0
  return (track) => texts(track).some((text) => folder.fold(text) === value)
}

/** A track without the value matches only `differs`. */
function compileNumberRule({
  field,
  operator,
  value,
  to,
}: Extract<SmartRule, { kind: 'number' }>): Predicate {
  const number = numberOf[field]
  const compare = (matches: (present: number) => boolean): Predicate => {
    return (track) => {
      const present = number(track)
      return present !== undefined && matches(present)
    }
  }
  switch (operator) {
    case 'equals':
      return compare((present) => present === value)
    case 'differs':
      return not(compare((present) => present === value))
    case 'above':
      return compare((present) => present > value)
    case 'below':
      return compare((present) => present < value)
    case 'between':
      return compare((present) => present >= Math.min(value, to) && present <= Math.max(value, to))
  }
}

/** A track that was never played was not played within any time. */
function compileDateRule(
  { field, operator, days }: Extract<SmartRule, { kind: 'date' }>,
  now: number,
): Predicate {
  const earliest = now - days * millisecondsPerDay
  const isWithin: Predicate = (track) => (dateOf[field](track) ?? Number.NEGATIVE_INFINITY) >= earliest
  return operator === 'within' ? isWithin : not(isWithin)
}

const not =
  (matches: Predicate): Predicate =>
  (track) =>
    !matches(track)

import { m } from '../../../shared/i18n/messages.js'
import type { RuleField, SmartRule, SmartSortField } from '../../../shared/library/playlists/smart-rules.ts'

export const fieldLabels: Readonly<Record<RuleField, () => string>> = {
  any: m.rules_field_any,
  title: m.rules_field_title,
  artist: m.rules_field_artist,
  albumArtist: m.rules_field_album_artist,
  album: m.rules_field_album,
  genre: m.rules_field_genre,
  composer: m.rules_field_composer,
  path: m.rules_field_path,
  year: m.rules_field_year,
  rating: m.rules_field_rating,
  plays: m.rules_field_plays,
  minutes: m.rules_field_minutes,
  added: m.rules_field_added,
  lastPlayed: m.rules_field_last_played,
}

export const operatorLabels: Readonly<Record<SmartRule['operator'], () => string>> = {
  contains: m.rules_contains,
  excludes: m.rules_excludes,
  is: m.rules_is,
  isNot: m.rules_is_not,
  startsWith: m.rules_starts_with,
  equals: m.rules_equals,
  differs: m.rules_differs,
  above: m.rules_above,
  below: m.rules_below,
  between: m.rules_between,
  within: m.rules_within,
  notWithin: m.rules_not_within,
}

export const sortLabels: Readonly<Record<SmartSortField, () => string>> = {
  artist: m.rules_field_artist,
  album: m.rules_field_album,
  title: m.rules_field_title,
  year: m.rules_field_year,
  rating: m.rules_field_rating,
  plays: m.rules_field_plays,
  minutes: m.rules_field_minutes,
  added: m.rules_field_added,
  lastPlayed: m.rules_field_last_played,
  random: m.rules_random,
}

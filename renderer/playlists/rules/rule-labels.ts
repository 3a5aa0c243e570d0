import { m } from '../../../shared/i18n/messages.js'
import type { RuleField, SmartRule, SmartSortField } from '../../../shared/library/playlists/smart-rules.ts'

export const fieldLabels: Readonly<Record<RuleField, () => string>> = {
  any: m.rules_field_any,
  title: m.library_column_title,
  artist: m.library_column_artist,
  albumArtist: m.library_column_album_artist,
  album: m.library_column_album,
  genre: m.library_column_genre,
  composer: m.library_column_composer,
  path: m.library_column_path,
  year: m.library_column_year,
  rating: m.library_column_rating,
  plays: m.library_column_plays,
  minutes: m.rules_field_minutes,
  added: m.rules_field_added,
  lastPlayed: m.library_column_last_played,
}

export const operatorLabels: Readonly<Record<SmartRule['operator'], () => string>> = {
  contains: m.rules_contains,
  excludes: m.rules_excludes,
  is: m.rules_is,
  isNot: m.rules_is_not,
  startsWith: m.rules_starts_with,
  equals: m.rules_is,
  differs: m.rules_is_not,
  above: m.rules_above,
  below: m.rules_below,
  between: m.rules_between,
  within: m.rules_within,
  notWithin: m.rules_not_within,
}

export const sortLabels: Readonly<Record<SmartSortField, () => string>> = {
  artist: m.library_column_artist,
  album: m.library_column_album,
  title: m.library_column_title,
  year: m.library_column_year,
  rating: m.library_column_rating,
  plays: m.library_column_plays,
  minutes: m.rules_field_minutes,
  added: m.rules_field_added,
  lastPlayed: m.library_column_last_played,
  random: m.rules_random,
}

/** The texts of a track that a rule compares. `any` is all of them, like a word in the search. */
export const textFields = [
  'any',
  'title',
  'artist',
  'albumArtist',
  'album',
  'genre',
  'composer',
  'path',
] as const
export const numberFields = ['year', 'rating', 'plays', 'minutes'] as const
export const dateFields = ['added', 'lastPlayed'] as const

export const textOperators = ['contains', 'excludes', 'is', 'isNot', 'startsWith'] as const
export const numberOperators = ['equals', 'differs', 'above', 'below', 'between'] as const
export const dateOperators = ['within', 'notWithin'] as const

export type TextField = (typeof textFields)[number]
export type NumberField = (typeof numberFields)[number]
export type DateField = (typeof dateFields)[number]
export type RuleField = TextField | NumberField | DateField

export type SmartRule =
  | {
      readonly kind: 'text'
      readonly field: TextField
      readonly operator: (typeof textOperators)[number]
      readonly value: string
    }
  | {
      readonly kind: 'number'
      readonly field: NumberField
      readonly operator: (typeof numberOperators)[number]
      readonly value: number
      /** The end of the range of `between`, which includes it. */
      readonly to: number
    }
  | {
      readonly kind: 'date'
      readonly field: DateField
      readonly operator: (typeof dateOperators)[number]
      /** Before now. */
      readonly days: number
    }

export const smartSortFields = [
  'artist',
  'album',
  'title',
  'year',
  'rating',
  'plays',
  'minutes',
  'added',
  'lastPlayed',
  'random',
] as const

export type SmartSortField = (typeof smartSortFields)[number]

export interface SmartSort {
  readonly field: SmartSortField
  readonly descending: boolean
}

export interface SmartLimit {
  readonly count: number
  readonly unit: 'tracks' | 'minutes'
}

/** Which tracks a smart playlist contains, and in which order. */
export interface SmartRules {
  /** Whether a track must match all of the rules, or any of them. Without rules every track matches. */
  readonly match: 'all' | 'any'
  readonly rules: readonly SmartRule[]
  readonly sort: SmartSort
  readonly limit: SmartLimit | undefined
}

export const maxSmartRules = 50

/** The rules of a new smart playlist. */
export const defaultSmartRules: SmartRules = {
  match: 'all',
  rules: [{ kind: 'number', field: 'rating', operator: 'above', value: 3, to: 5 }],
  sort: { field: 'artist', descending: false },
  limit: undefined,
}

/** Returns the kind of the rules about a field. */
export function ruleKindOf(field: RuleField): SmartRule['kind'] {
  if ((numberFields as readonly string[]).includes(field)) return 'number'
  return (dateFields as readonly string[]).includes(field) ? 'date' : 'text'
}

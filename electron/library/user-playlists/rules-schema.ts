import * as v from 'valibot'
import {
  dateFields,
  dateOperators,
  maxSmartRules,
  numberFields,
  numberOperators,
  type SmartRules,
  smartSortFields,
  textFields,
  textOperators,
} from '../../../shared/library/playlists/smart-rules.ts'

const maxRuleText = 1_000
const amount = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1_000_000))

const smartRule = v.variant('kind', [
  v.strictObject({
    kind: v.literal('text'),
    field: v.picklist(textFields),
    operator: v.picklist(textOperators),
    value: v.pipe(v.string(), v.maxLength(maxRuleText)),
  }),
  v.strictObject({
    kind: v.literal('number'),
    field: v.picklist(numberFields),
    operator: v.picklist(numberOperators),
    value: amount,
    to: amount,
  }),
  v.strictObject({
    kind: v.literal('date'),
    field: v.picklist(dateFields),
    operator: v.picklist(dateOperators),
    days: amount,
  }),
])

/** The rules of a smart playlist, from a page or the database. */
export const smartRulesSchema = v.strictObject({
  match: v.picklist(['all', 'any']),
  rules: v.pipe(v.array(smartRule), v.maxLength(maxSmartRules)),
  sort: v.strictObject({ field: v.picklist(smartSortFields), descending: v.boolean() }),
  // JSON leaves undefined out.
  limit: v.optional(
    v.strictObject({ count: amount, unit: v.picklist(['tracks', 'minutes']) }),
    () => undefined,
  ),
})

/** Returns stored rules; undefined if they are damaged or from a newer Skein. */
export function parseSmartRules(text: string | undefined): SmartRules | undefined {
  try {
    const { output, success } = v.safeParse(smartRulesSchema, JSON.parse(text ?? ''))
    return success ? output : undefined
  } catch {
    return undefined
  }
}

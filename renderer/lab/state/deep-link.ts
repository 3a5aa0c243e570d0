import { maxSlowness } from '@skein/threading/inspect'
import * as v from 'valibot'
import { m } from '../../../shared/i18n/messages.js'
import type { Control, Exercise, Setup } from '../model/exercise.ts'

/** A page of the Lab and its setup. */
export interface LabLocation {
  readonly exercise: string
  readonly setup: Setup
  readonly slowness: number
}

/** The location that a link names, with invalid parts replaced. */
export interface ParsedLink extends LabLocation {
  /** Sentences about the parts that were replaced; undefined if the link is valid. */
  readonly warning: string | undefined
}

const linkPrefix = '#lab'
const slownessParameter = 'speed'

export const createInitialSetup = (exercise: Exercise): Setup =>
  Object.fromEntries(exercise.controls.map(({ name, initial }) => [name, initial]))

/** `#lab/interference?threads=2&lock=off&speed=100`. */
export function formatLink(exercise: Exercise, setup: Setup, slowness: number): string {
  const query = new URLSearchParams()
  for (const control of exercise.controls)
    query.set(control.name, formatValue(setup[control.name] ?? control.initial))
  query.set(slownessParameter, String(slowness))
  return `${linkPrefix}/${exercise.id}?${query}`
}

const formatValue = (value: Setup[string]): string =>
  typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value)

/**
 * Reads a link, or an address that ends in one. Nothing in it is trusted: an unknown page or an invalid value is replaced
 * by the initial one, with a warning. Returns undefined if the text is not a link to the Lab.
 */
export function parseLink(text: string, exercises: readonly Exercise[]): ParsedLink | undefined {
  const link = splitLink(text)
  const [firstExercise] = exercises
  if (link === undefined || firstExercise === undefined) return undefined
  const { id, query } = link
  const exercise = exercises.find((candidate) => candidate.id === id)
  if (exercise === undefined) {
    const warning = id === '' ? undefined : m.lab_link_unknown_page({ id })
    return { ...createInitialLocation(firstExercise), warning }
  }
  const { setup, warnings } = parseSetup(exercise, query)
  const speed = parseValue(query.get(slownessParameter), createIntegerSchema(1, maxSlowness), 1)
  if (!speed.isAllowed) warnings.push(m.lab_link_invalid_speed())
  const warning = warnings.length === 0 ? undefined : warnings.join(' ')
  return { exercise: exercise.id, setup, slowness: speed.value, warning }
}

function parseSetup(exercise: Exercise, query: URLSearchParams): { setup: Setup; warnings: string[] } {
  const setup: Record<string, Setup[string]> = {}
  const warnings: string[] = []
  for (const control of exercise.controls) {
    const { name, label, initial } = control
    const { value, isAllowed } = parseValue(query.get(name), createControlSchema(control), initial)
    setup[name] = value
    if (!isAllowed) warnings.push(m.lab_link_invalid_value({ label: label(), value: formatValue(initial) }))
  }
  return { setup, warnings }
}

const createInitialLocation = (exercise: Exercise): LabLocation => ({
  exercise: exercise.id,
  setup: createInitialSetup(exercise),
  slowness: 1,
})

function splitLink(text: string): { id: string; query: URLSearchParams } | undefined {
  const found = /#lab(?:\/([^?#\s]*))?(?:\?([^#\s]*))?$/.exec(text.trim())
  return found
    ? { id: decodeExerciseId(found[1] ?? ''), query: new URLSearchParams(found[2] ?? '') }
    : undefined
}

function decodeExerciseId(text: string): string {
  try {
    return decodeURIComponent(text).slice(0, 60)
  } catch {
    return text.slice(0, 60)
  }
}

/** A value that is missing in the link is the initial one, without a warning. */
function parseValue<Value>(
  text: string | null,
  schema: v.GenericSchema<unknown, Value>,
  initial: Value,
): { readonly value: Value; readonly isAllowed: boolean } {
  if (text === null) return { value: initial, isAllowed: true }
  const read = v.safeParse(schema, text)
  return read.success ? { value: read.output, isAllowed: true } : { value: initial, isAllowed: false }
}

function createControlSchema(control: Control): v.GenericSchema<unknown, Setup[string]> {
  switch (control.kind) {
    case 'number':
      return createIntegerSchema(control.min, control.max)
    case 'choice':
      return v.picklist(control.choices.map(({ value }) => value))
    case 'switch':
      return v.pipe(
        v.picklist(['on', 'off']),
        v.transform((text) => text === 'on'),
      )
  }
}

const createIntegerSchema = (min: number, max: number): v.GenericSchema<unknown, number> =>
  v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number), v.minValue(min), v.maxValue(max))

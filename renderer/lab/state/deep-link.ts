import { maxSlowness } from '@skein/threading/inspect'
import * as v from 'valibot'
import type { Control, Exercise, Setup } from '../model/exercise.ts'

/** A page of the Lab as a user has set it. */
export interface LabLocation {
  readonly exercise: string
  readonly setup: Setup
  readonly slowness: number
}

/** What a link asks for, as far as the Lab has it. */
export interface ParsedLink extends LabLocation {
  /** What the link asks for and the Lab does not have, in sentences; undefined when it has all. */
  readonly warning: string | undefined
}

const linkPrefix = '#lab'
const slownessParameter = 'speed'

export const createInitialSetup = (exercise: Exercise): Setup =>
  Object.fromEntries(exercise.controls.map(({ name, initial: first }) => [name, first]))

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
 * Reads a link, or an address that ends in one. Nothing in it is trusted: what is not known or not allowed is replaced
 * by what stands first, and said. Undefined for what is no link to the Lab.
 */
export function parseLink(text: string, exercises: readonly Exercise[]): ParsedLink | undefined {
  const part = splitLink(text)
  const first = exercises[0]
  if (part === undefined || first === undefined) return undefined
  const { id, query } = part
  const exercise = exercises.find((one) => one.id === id)
  if (exercise === undefined) {
    const complaint = id === '' ? undefined : `The Lab has no page “${id}”, so this is its first.`
    return { ...createInitialLocation(first), warning: complaint }
  }
  const complaints: string[] = []
  const setup: Record<string, Setup[string]> = {}
  for (const control of exercise.controls) {
    const read = parseValue(query.get(control.name), createControlSchema(control), control.initial)
    setup[control.name] = read.value
    if (!read.isAllowed)
      complaints.push(
        `The link’s value for “${control.label}” is not possible, so it is ${formatValue(control.initial)}.`,
      )
  }
  const speed = parseValue(query.get(slownessParameter), createIntegerSchema(1, maxSlowness), 1)
  if (!speed.isAllowed) complaints.push('The link’s speed is not possible, so nothing is slowed.')
  const complaint = complaints.length === 0 ? undefined : complaints.join(' ')
  return { exercise: exercise.id, setup, slowness: speed.value, warning: complaint }
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

/** A value that the link does not tell is the first one, and no reason to complain. */
function parseValue<Value>(
  text: string | null,
  schema: v.GenericSchema<unknown, Value>,
  first: Value,
): { readonly value: Value; readonly isAllowed: boolean } {
  if (text === null) return { value: first, isAllowed: true }
  const read = v.safeParse(schema, text)
  return read.success ? { value: read.output, isAllowed: true } : { value: first, isAllowed: false }
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

const createIntegerSchema = (least: number, most: number): v.GenericSchema<unknown, number> =>
  v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number), v.minValue(least), v.maxValue(most))

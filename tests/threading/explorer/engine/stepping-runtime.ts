import { clock, current } from './state.ts'
import { never, perform, plainWrite, wanted } from './steps.ts'

/** What transformed code calls: see `build/transform.ts`. */

export type Steps = Generator<unknown, unknown, unknown>

const stepsMark = Symbol('steps')
const generatorPrototype = Object.getPrototypeOf(Object.getPrototypeOf((function* () {})()))
Object.defineProperty(generatorPrototype, stepsMark, { value: true })

export const $isSteps = (value: unknown): value is Steps =>
  typeof value === 'object' && value !== null && (value as { [stepsMark]?: true })[stepsMark] === true

/** Does at once what the call before wanted. */
export const $perform = (_: unknown): unknown => perform(wanted)

/** Runs steps to their end, where no generator can be. */
export function $atOnce(value: unknown): unknown {
  if (!$isSteps(value)) return value
  let next = value.next()
  while (next.done !== true) next = value.next(current.performInPlace())
  return next.value
}

/** `view[index] = value`, where no generator can be. */
export function $writeInPlace(view: Int32Array | Float64Array, index: number, value: number): number {
  if ($writeSteps()) {
    plainWrite(view instanceof Float64Array ? index * 2 : index, value)
    current.performInPlace()
  }
  view[index] = value
  return value
}

export function* $awaited(value: unknown): Steps {
  if ($isSteps(value)) return yield* value
  if (value instanceof Promise) yield never()
  return value
}

export function* $set(object: Record<string, unknown>, name: string, value: unknown): Steps {
  const twin = object[`$set_${name}`] as ((value: unknown) => Steps) | undefined
  if (twin === undefined) object[name] = value
  else yield* twin.call(object, value)
  return value
}

/** `filter`, `find`, `forEach`, `map` and `some` with a function that steps. */
export function* $each(
  list: Iterable<unknown>,
  method: string,
  each: (...args: unknown[]) => unknown,
): Steps {
  const results: unknown[] = []
  const items = [...list]
  for (const [place, item] of items.entries()) {
    const steps = each(item, place, items)
    const result = $isSteps(steps) ? yield* steps : steps
    if (method === 'find' && result) return item
    if (method === 'some' && result) return true
    results.push(result)
  }
  if (method === 'map') return results
  if (method === 'filter') return items.filter((_, place) => results[place])
  return method === 'some' ? false : undefined
}

/** Whether a plain read is a step of its own here: outside of guards, where another thread may touch the same. */
export const $readSteps = (): boolean =>
  current.plain === 'always' || (current.plain !== 'never' && current.guards === 0)

/** Whether a plain write is a step of its own here: a thread can die before it. */
export const $writeSteps = (): boolean => current.plain === 'writes' || $readSteps()

/** In the place of the real clock. A look at it takes a microsecond. */
export function now(): number {
  clock.at += 0.001
  return clock.at
}

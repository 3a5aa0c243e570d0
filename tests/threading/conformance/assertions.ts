/** A few assertions that work on any thread. */

export class CheckFailed extends Error {
  override readonly name = 'CheckFailed'
}

/** Deeply equal: lists, typed arrays and plain objects by what they hold, numbers as `Object.is` has it. */
export function equal(actual: unknown, expected: unknown, what = 'the value'): void {
  if (!isEqual(actual, expected)) {
    throw new CheckFailed(`${what} is ${show(actual)}, expected ${show(expected)}`)
  }
}

export function atLeast(actual: number, least: number, what: string): void {
  if (!(actual >= least)) throw new CheckFailed(`${what} is ${actual}, expected ${least} or more`)
}

type ErrorClass = new (message: string) => Error

export function throws(expected: ErrorClass, action: () => unknown, message?: RegExp): void {
  let result: unknown
  try {
    result = action()
  } catch (error) {
    checkError(error, expected, message)
    return
  }
  throw new CheckFailed(`expected ${expected.name}, but it returned ${show(result)}`)
}

/** The promise, and not the call that makes it, must fail. */
export async function rejects(
  expected: ErrorClass,
  promise: Promise<unknown>,
  message?: RegExp,
): Promise<void> {
  let result: unknown
  try {
    result = await promise
  } catch (error) {
    checkError(error, expected, message)
    return
  }
  throw new CheckFailed(`expected ${expected.name}, but it gave ${show(result)}`)
}

function checkError(error: unknown, expected: ErrorClass, message: RegExp | undefined): void {
  if (!(error instanceof expected)) throw new CheckFailed(`expected ${expected.name}, got ${String(error)}`)
  if (message !== undefined && !message.test(error.message)) {
    throw new CheckFailed(`${expected.name} says "${error.message}", expected ${message}`)
  }
}

/** Also by what a program seldom looks at: prototypes, holes, the order of members, and protection against changes. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false
  if (isPrimitive(one) && isPrimitive(other)) return one.id === other.id
  return hasEqualBytes(one, other) && hasEqualMembers(one, other) && protectionOf(one) === protectionOf(other)
}

interface Primitive {
  readonly id: number
  readonly dispose: () => void
}

const isPrimitive = (value: object): value is Primitive => 'id' in value && 'dispose' in value

function hasEqualMembers(one: object, other: object): boolean {
  if (ArrayBuffer.isView(one) || one instanceof ArrayBuffer) return true
  const [oneKeys, otherKeys] = [Reflect.ownKeys(one), Reflect.ownKeys(other)]
  return (
    oneKeys.length === otherKeys.length &&
    oneKeys.every(
      (key, index) => otherKeys[index] === key && isEqual(Reflect.get(one, key), Reflect.get(other, key)),
    )
  )
}

/** NaN has many forms in a typed array, all of which arrive. */
function hasEqualBytes(one: object, other: object): boolean {
  const [oneBytes, otherBytes] = [bytesIn(one), bytesIn(other)]
  return oneBytes.length === otherBytes.length && oneBytes.every((byte, index) => byte === otherBytes[index])
}

function bytesIn(value: object): Uint8Array {
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (!ArrayBuffer.isView(value)) return new Uint8Array()
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
}

const protectionOf = (value: object): string =>
  [Object.isExtensible(value), Object.isSealed(value), Object.isFrozen(value)].join()

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'object' && value !== null) return showObject(value)
  return Object.is(value, -0) ? '-0' : String(value)
}

function showObject(value: object): string {
  try {
    return JSON.stringify(value).slice(0, 1000)
  } catch (error) {
    return `an object that is not JSON (${error})`
  }
}

import { ValueError } from './errors.ts'

/** The largest number that a word of shared memory holds. */
export const maxInt32 = 2 ** 31 - 1
const minInt32 = -(2 ** 31)

/** Throws TypeError for what is not an integer, ValueError for one that does not fit into a word or is too small. */
export function checkInteger(value: unknown, name: string, minimum = minInt32): asserts value is number {
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw new TypeError(`${name} must be a whole number`)
  if (value < minimum || value > maxInt32)
    throw new ValueError(`${name} must be from ${minimum} to ${maxInt32}, not ${value}`)
}

/** Compares two counters that wrap: negative if `one` was reached before `other`. They are less than 2³¹ apart. */
export const compareWrapping = (one: number, other: number): number => (one - other) | 0

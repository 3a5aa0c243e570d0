import type { Setup } from '../../model/exercise.ts'

/** Read the values of a setup. Each throws TypeError if the value is missing or of another type. */

export const readNumber = (setup: Setup, name: string): number => {
  const value = setup[name]
  if (typeof value !== 'number') throw new TypeError(`${name} is a number`)
  return value
}

export const readChoice = (setup: Setup, name: string): string => {
  const value = setup[name]
  if (typeof value !== 'string') throw new TypeError(`${name} is one of its choices`)
  return value
}

export const readSwitch = (setup: Setup, name: string): boolean => {
  const value = setup[name]
  if (typeof value !== 'boolean') throw new TypeError(`${name} is on or off`)
  return value
}

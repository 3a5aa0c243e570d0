import type { Setup } from '../../model/exercise.ts'

/** The values of a setup, each in its type. They throw TypeError for a value that is of another or is not there. */

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

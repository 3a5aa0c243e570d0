import type { Thread } from '../../../shared/threading/index.ts'

/** 1,000 */
export const figure = (number: number): string => number.toLocaleString('en-US')

/** `1 thread`, `2 threads` */
export const count = (number: number, one: string, several = `${one}s`): string =>
  `${figure(number)} ${number === 1 ? one : several}`

/** `one, two and three` */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** `0.3 s`, `25 ms` */
export const duration = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`

export const names = (threads: readonly Thread[]): string[] => threads.map(({ name }) => name)

/** What `make` makes of 1, 2, … `number`. */
export const numbered = <Made>(number: number, make: (place: number) => Made): Made[] =>
  Array.from({ length: number }, (_, index) => make(index + 1))

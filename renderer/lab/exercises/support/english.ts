import type { Thread } from '@skein/threading'

/** 1,000 */
export const formatNumber = (number: number): string => number.toLocaleString('en-US')

/** `1 thread`, `2 threads` */
export const formatCount = (number: number, one: string, several = `${one}s`): string =>
  `${formatNumber(number)} ${number === 1 ? one : several}`

/** `one, two and three` */
export const joinNames = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** `0.3 s`, `25 ms` */
export const formatDuration = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`

export const threadNames = (threads: readonly Thread[]): string[] => threads.map(({ name }) => name)

/** What `make` makes of 1, 2, … `number`. */
export const createNumbered = <Made>(number: number, make: (place: number) => Made): Made[] =>
  Array.from({ length: number }, (_, index) => make(index + 1))

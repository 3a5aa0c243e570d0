import type { Found } from './engine/search.ts'

/** What happened, how to see it again, and the schedule in which it did. */
export function describeFound(scenario: string, found: Found): string {
  const { message: sentence, choices, switchTakes, seed, schedule } = found
  const drawn = seed === undefined ? '' : ` (random schedule, seed ${seed})`
  const again = `node tests/threading/explorer/replay.ts '${scenario}' '${choices}' ${switchTakes}`
  return `${scenario}: ${sentence}${drawn}\nto see it again: ${again}\n${schedule}`
}

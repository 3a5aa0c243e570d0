import type { RandomSource } from './random-source.ts'

/**
 * What the programs of a round can use. Each round uses a random part of it, so that one does not hide another. `memory`
 * is the check that no block of the heap is left in use.
 */
export const features = [
  'queue',
  'lifo',
  'priority',
  'lists',
  'big',
  'lock',
  'rlock',
  'condition',
  'semaphore',
  'bounded',
  'event',
  'barrier',
  'start',
  'timer',
  'local',
  'dispose',
  'async',
  'ends',
  'deaths',
  'busy-main',
  'blocked-main',
  'memory',
] as const
export type Feature = (typeof features)[number]

export const isFeature = (name: string): name is Feature => (features as readonly string[]).includes(name)

const programFeatures: readonly Feature[] = [
  'queue',
  'lifo',
  'priority',
  'lock',
  'rlock',
  'condition',
  'semaphore',
  'bounded',
  'event',
  'barrier',
  'start',
  'timer',
  'dispose',
]

/** A random part of the allowed features, with which programs can do something. */
export function chooseFeatures(random: RandomSource, allowed: readonly Feature[]): Feature[] {
  const chosen = allowed.filter((feature) => random.chance(feature === 'deaths' ? 0.9 : 0.4))
  const usable = allowed.filter((feature) => programFeatures.includes(feature))
  if (!chosen.some((feature) => programFeatures.includes(feature))) chosen.push(random.pick(usable))
  return chosen
}

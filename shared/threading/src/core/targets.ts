import { ValueError } from './errors.ts'

/** What a thread can run. Its arguments are copied through shared memory; its result is ignored. */
// biome-ignore lint/suspicious/noExplicitAny: any function will do; its arguments are checked where it is written
export type Target = (...args: any[]) => unknown

const targetsByName = new Map<string, Target>()
const namesByTarget = new Map<Target, string>()

/**
 * Gives functions names by which a worker finds them. Call it in the module that defines the functions, which every
 * worker loads too: `defineTargets({ produce, consume })`. Throws ValueError when another function already has the
 * name.
 */
export function defineTargets(targets: Readonly<Record<string, Target>>): void {
  for (const [name, target] of Object.entries(targets)) {
    const known = targetsByName.get(name)
    if (known !== undefined && known !== target) throw new ValueError(`two targets are named ${name}`)
    targetsByName.set(name, target)
    namesByTarget.set(target, name)
  }
}

export const isTarget = (target: Target): boolean => namesByTarget.has(target)

export function nameOfTarget(target: Target): string {
  const name = namesByTarget.get(target)
  if (name === undefined)
    throw new ValueError(`${target.name || 'the target'} is not known: see defineTargets`)
  return name
}

export function targetNamed(name: string): Target {
  const target = targetsByName.get(name)
  if (target === undefined)
    throw new ValueError(`this worker's entry does not load the module of target ${name}`)
  return target
}

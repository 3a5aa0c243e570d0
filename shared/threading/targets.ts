import { ValueError } from './errors.ts'

/** What a thread can run. Its arguments travel through shared memory; its result is dropped. */
// biome-ignore lint/suspicious/noExplicitAny: any function will do; its arguments are checked where it is written
export type Target = (...args: any[]) => unknown

const byName = new Map<string, Target>()
const names = new Map<Target, string>()

/**
 * Makes functions known by name, so that a worker that loads the same module finds the one a Thread names.
 * Call it in the module that defines them: `defineTargets({ produce, consume })`. Throws ValueError when another
 * function has the name already.
 */
export function defineTargets(targets: Readonly<Record<string, Target>>): void {
  for (const [name, target] of Object.entries(targets)) {
    const known = byName.get(name)
    if (known !== undefined && known !== target) throw new ValueError(`two targets are named ${name}`)
    byName.set(name, target)
    names.set(target, name)
  }
}

export const isTarget = (target: Target): boolean => names.has(target)

export function nameOfTarget(target: Target): string {
  const name = names.get(target)
  if (name === undefined)
    throw new ValueError(`${target.name || 'the target'} is not known: see defineTargets`)
  return name
}

export function targetNamed(name: string): Target {
  const target = byName.get(name)
  if (target === undefined)
    throw new ValueError(`this worker's entry does not load the module of target ${name}`)
  return target
}

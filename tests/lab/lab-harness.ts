import { closePool, killThread } from '@skein/threading'
import { startProcess } from '@skein/threading/node'
import { afterAll, beforeAll } from 'vitest'
import { exercises } from '../../renderer/lab/exercises/index.ts'
import type { Exercise, Outcome, Run, Setup } from '../../renderer/lab/model/exercise.ts'

/** Runs the tests of a file in one process of real worker threads, which load the Lab's programs. */
export function setUpLabProcess(workers = 4): void {
  beforeAll(() =>
    startProcess({
      name: 'lab',
      workers,
      entry: new URL('./lab-worker-entry.ts', import.meta.url),
      memoryBytes: 2 ** 25,
    }),
  )
  afterAll(closePool)
}

export function exerciseById(id: string): Exercise {
  const exercise = exercises.find((candidate) => candidate.id === id)
  if (exercise === undefined) throw new Error(`there is no page ${id}`)
  return exercise
}

/** The initial setup of a page, with a test's changes. */
export const createSetup = ({ controls }: Exercise, changes: Setup = {}): Setup => ({
  ...Object.fromEntries(controls.map(({ name, initial }) => [name, initial])),
  ...changes,
})

/** Starts a page's program. */
export function startExercise(id: string, changes: Setup = {}): Run {
  const page = exerciseById(id)
  return page.start(createSetup(page, changes))
}

/** Runs a page's program to its outcome. */
export const runExercise = (id: string, changes: Setup = {}): Promise<Outcome> =>
  startExercise(id, changes).outcome

export function getFact({ facts }: Outcome, name: string): string {
  const found = facts.find((candidate) => candidate.name === name)
  if (found === undefined) throw new Error(`no fact is named ${name}: ${facts.map((fact) => fact.name)}`)
  return found.value
}

/** Ends the remaining threads of a run that cannot end. */
export function endThreads({ threads }: Run): void {
  for (const thread of threads) if (thread.isAlive()) killThread(thread.ident!)
}

/** Resolves once `condition` returns true. */
export async function waitUntil(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1))
}

import type { Thread } from '@skein/threading'
import { type Deadlock, DeadlockDetector, snapshot } from '@skein/threading/inspect'
import { m } from '../../../../shared/i18n/messages.js'
import { delay } from './async-helpers.ts'

/** One thread of a cycle, the object it waits for, and the thread that holds it. */
export interface DeadlockLink {
  readonly thread: string
  readonly waitsFor: string
  readonly heldBy: string
}

const pollInterval = 20

/** Resolves with the first confirmed cycle that contains one of these threads; undefined once all have ended. */
export async function awaitDeadlock(threads: readonly Thread[]): Promise<DeadlockLink[] | undefined> {
  const detector = new DeadlockDetector()
  const idents = threads.map(({ ident }) => ident)
  while (threads.some((thread) => thread.isAlive())) {
    const view = snapshot()
    const found = detector
      .detect(view)
      .find(({ links }) => links.some(({ thread }) => idents.includes(thread)))
    if (found !== undefined) return resolveNames(found, view)
    await delay(pollInterval)
  }
  return undefined
}

function resolveNames(
  { links }: Deadlock,
  { threads, objects }: ReturnType<typeof snapshot>,
): DeadlockLink[] {
  const nameOf = (list: readonly { id: number; name: string }[], id: number) =>
    list.find((candidate) => candidate.id === id)?.name ?? String(id)
  return links.map(({ thread, waitsFor, heldBy }) => ({
    thread: nameOf(threads, thread),
    waitsFor: nameOf(objects, waitsFor),
    heldBy: nameOf(threads, heldBy),
  }))
}

/** `A deadlock after 3 rounds: one waits for right, which two holds; two waits for left, which one holds.` */
export const describeDeadlock = (cycle: readonly DeadlockLink[], count: string): string =>
  m.lab_deadlock_after({ count, cycle: cycle.map(describeLink).join('; ') })

const describeLink = ({ thread, waitsFor, heldBy }: DeadlockLink): string =>
  m.lab_waits_for({ thread, object: waitsFor, holder: heldBy })

import { type Deadlock, DeadlockWatch, snapshot, type Thread } from '../../../shared/threading/index.ts'
import { pause } from './pauses.ts'
import { listed } from './words.ts'

/** One thread of a circle: what it holds, and what it waits for. */
export interface Link {
  readonly thread: string
  readonly waitsFor: string
  readonly heldBy: string
}

const lookEvery = 20

/** Resolves with the first circle among these threads that is confirmed; undefined once all have ended. */
export async function deadlockAmong(threads: readonly Thread[]): Promise<Link[] | undefined> {
  const watch = new DeadlockWatch()
  const idents = threads.map(({ ident }) => ident)
  while (threads.some((thread) => thread.isAlive())) {
    const view = snapshot()
    const found = watch.look(view).find(({ links }) => links.some(({ thread }) => idents.includes(thread)))
    if (found !== undefined) return named(found, view)
    await pause(lookEvery)
  }
  return undefined
}

function named({ links }: Deadlock, { threads, objects }: ReturnType<typeof snapshot>): Link[] {
  const nameOf = (list: readonly { id: number; name: string }[], id: number) =>
    list.find((candidate) => candidate.id === id)?.name ?? String(id)
  return links.map(({ thread, waitsFor, heldBy }) => ({
    thread: nameOf(threads, thread),
    waitsFor: nameOf(objects, waitsFor),
    heldBy: nameOf(threads, heldBy),
  }))
}

/** `one waits for right, which two holds, and two waits for left, which one holds` */
export const inWords = (circle: readonly Link[]): string =>
  listed(
    circle.map(({ thread, waitsFor, heldBy }) => `${thread} waits for ${waitsFor}, which ${heldBy} holds`),
  )

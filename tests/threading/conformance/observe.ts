import { Inspector, type ObjectView, type ThreadView } from '@skein/threading/inspect'

/** What a case can see from outside: who waits for what. Cases wait for what they see, never for time. */

interface HasId {
  readonly id: number
}

const inspector = new Inspector()
const resting = new Int32Array(new SharedArrayBuffer(4))

export const objectView = (object: HasId): ObjectView | undefined =>
  inspector.sample().objects.find(({ id }) => id === object.id)

export const threadView = (ident: number | undefined): ThreadView | undefined =>
  inspector.sample().threads.find(({ id }) => id === ident)

/** How many objects exist. */
export const objectCount = (): number => inspector.sample().objects.length

/** The idents of the threads that wait for the object, first come first. */
export const waitersOf = (object: HasId): readonly number[] => objectView(object)?.waiters ?? []

/** Sleeps until the condition holds. On workers. */
export function until(condition: () => boolean): void {
  while (!condition()) pause(0.5)
}

/** As `until`, for main. */
export async function untilAsync(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 0))
}

export function pause(milliseconds: number): void {
  Atomics.wait(resting, 0, 0, milliseconds)
}

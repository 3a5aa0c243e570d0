import { type Cell, type Condition, defineTargets, Thread } from '@skein/threading'
import { at } from './support/line-marker.ts'
import { sleep } from './support/sleep.ts'

export interface Plan {
  readonly room: number
  readonly items: number
  readonly pause: number
  /** Whether a consumer checks again after its wait. */
  readonly isWhile: boolean
  /** The number of threads to wake at a time. */
  readonly wake: number
}

/** What the threads share. `left` counts the items not taken yet, `missed` how often a consumer found nothing. */
export interface Shared {
  readonly changed: Condition
  readonly buffer: Cell
  readonly left: Cell
  readonly missed: Cell
}

// --- shown
export function produce({ changed, buffer }: Shared, { items, room, pause, wake }: Plan): void {
  for (let item = 0; item < items; item++) {
    at('make')
    sleep(pause)
    using _ = changed.hold()
    at('full')
    while (buffer.value === room) changed.wait()
    at('put')
    buffer.value += 1
    at('tellPut')
    changed.notify(wake)
  }
}

export function consume({ changed, buffer, left, missed }: Shared, { isWhile, wake }: Plan): void {
  const isEmpty = () => buffer.value === 0 && left.value > 0
  for (;;) {
    using _ = changed.hold()
    at('while')
    while (isWhile && isEmpty()) changed.wait()
    at('if')
    if (!isWhile && isEmpty()) changed.wait()
    at('over')
    if (left.value === 0) break
    if (buffer.value > 0) {
      at('take')
      buffer.value -= 1
      left.value -= 1
      at('tellTake')
      changed.notify(wake)
    } else {
      at('miss')
      missed.value += 1
    }
  }
  using _ = changed.hold()
  changed.notifyAll()
}
defineTargets({ produce, consume })
// --- end

/** Creates numbered threads of one target, without starting them. */
export const createThreads = (
  target: typeof produce | typeof consume,
  count: number,
  name: string,
  ...args: [Shared, Plan]
): Thread[] =>
  Array.from({ length: count }, (_, index) => new Thread({ target, args, name: `${name}-${index + 1}` }))

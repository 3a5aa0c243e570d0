import { type ObjectKind, type OperationEvent, operationFailed } from '@skein/threading/inspect'
import type { RecordedEvent } from './schedule.ts'

/** What cells, locks and queues hold at a point of an order, as far as it is known. A run begins with empty ones. */
export class ObjectState {
  readonly #kinds: ReadonlyMap<number, ObjectKind>
  readonly #maxSizes: ReadonlyMap<number, number>
  readonly #values = new Map<number, number>()
  readonly #holders = new Map<number, number>()
  readonly #sizes = new Map<number, number>()

  constructor(kinds: ReadonlyMap<number, ObjectKind>, bounds: ReadonlyMap<number, number>) {
    this.#kinds = kinds
    this.#maxSizes = bounds
  }

  /** Whether it can have happened now. */
  canApply(told: RecordedEvent): boolean {
    if (!isSuccessfulOperation(told)) return true
    const { object, act, value, thread } = told
    switch (act) {
      case 'read':
        return (this.#values.get(object) ?? value) === value
      case 'acquire':
        return !this.#isLock(object) || (this.#holders.get(object) ?? thread) === thread
      case 'get':
        return this.#sizeOf(object) > 0
      case 'put':
        return this.#sizeOf(object) < (this.#maxSizes.get(object) ?? Infinity)
      default:
        return true
    }
  }

  /** It happened. */
  apply(told: RecordedEvent): void {
    if (!isSuccessfulOperation(told)) return
    const { object, act, value, thread } = told
    if (act === 'read' || act === 'write') this.#values.set(object, value)
    else if (act === 'put') this.#sizes.set(object, this.#sizeOf(object) + 1)
    else if (act === 'get') this.#sizes.set(object, this.#sizeOf(object) - 1)
    else if (act === 'acquire') this.#holders.set(object, thread)
    else if (act === 'release' && value === 0) this.#holders.delete(object)
  }

  #sizeOf(object: number): number {
    return this.#sizes.get(object) ?? 0
  }

  #isLock(object: number): boolean {
    const kind = this.#kinds.get(object)
    return kind === 'Lock' || kind === 'RLock'
  }
}

const isSuccessfulOperation = (told: RecordedEvent): told is OperationEvent =>
  'act' in told && told.value !== operationFailed

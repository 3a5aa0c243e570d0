import { type ObjectKind, type OperationEvent, operationFailed } from '@skein/threading/inspect'
import { isLock } from '../../threads-view/model/object-kinds/object-kinds.ts'
import type { RecordedEvent } from './recorded-event.ts'

/** What cells, locks and queues hold at a point of a schedule, as far as it is known. A run begins with empty ones. */
export class ObjectState {
  readonly #kinds: ReadonlyMap<number, ObjectKind>
  readonly #maxSizes: ReadonlyMap<number, number>
  readonly #values = new Map<number, number>()
  readonly #holders = new Map<number, number>()
  readonly #sizes = new Map<number, number>()

  constructor(kinds: ReadonlyMap<number, ObjectKind>, maxSizes: ReadonlyMap<number, number>) {
    this.#kinds = kinds
    this.#maxSizes = maxSizes
  }

  /** Whether the event can happen in this state. */
  canApply(event: RecordedEvent): boolean {
    if (!isSuccessfulOperation(event)) return true
    const { object, act, value, thread } = event
    switch (act) {
      case 'read':
        return (this.#values.get(object) ?? value) === value
      case 'acquire':
        return !isLock(this.#kinds.get(object)) || (this.#holders.get(object) ?? thread) === thread
      case 'get':
        return this.#sizeOf(object) > 0
      case 'put':
        return this.#sizeOf(object) < (this.#maxSizes.get(object) ?? Infinity)
      default:
        return true
    }
  }

  /** Changes the state as the event did. */
  apply(event: RecordedEvent): void {
    if (!isSuccessfulOperation(event)) return
    const { object, act, value, thread } = event
    if (act === 'read' || act === 'write') this.#values.set(object, value)
    else if (act === 'put') this.#sizes.set(object, this.#sizeOf(object) + 1)
    else if (act === 'get') this.#sizes.set(object, this.#sizeOf(object) - 1)
    else if (act === 'acquire') this.#holders.set(object, thread)
    else if (act === 'release' && value === 0) this.#holders.delete(object)
  }

  #sizeOf(object: number): number {
    return this.#sizes.get(object) ?? 0
  }
}

const isSuccessfulOperation = (event: RecordedEvent): event is OperationEvent =>
  'act' in event && event.value !== operationFailed

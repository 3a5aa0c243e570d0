import {
  type ObjectKind,
  type ObjectView,
  type OperationEvent,
  operationFailed,
} from '@skein/threading/inspect'
import { isLock } from '../../threads-view/model/object-kinds/object-kinds.ts'
import type { RecordedEvent } from './recorded-event.ts'

/** What the recording of a run tells about its objects. */
export interface RecordedObjects {
  readonly kinds: ReadonlyMap<number, ObjectKind>
  /** The bounds of queues that have one. */
  readonly maxSizes: ReadonlyMap<number, number>
  /** The cells as they were when all threads had ended. */
  readonly finalCells: readonly Pick<ObjectView, 'id' | 'value' | 'lost'>[]
}

type Property = 'value' | 'holder' | 'size' | 'writes' | 'lost' | `seenBy${number}`

/** What cells, locks and queues hold at a point of a schedule, as far as it is known. A run begins with empty ones. */
export class ObjectState {
  readonly #objects: RecordedObjects
  /** By property and object. */
  readonly #numbers = new Map<string, number>()
  /** What the last `apply` replaced. */
  #replaced: [string, number | undefined][] = []

  constructor(objects: RecordedObjects) {
    this.#objects = objects
  }

  /** Whether the event can happen in this state. */
  canApply(event: RecordedEvent): boolean {
    if (!isSuccessfulOperation(event)) return true
    const { object, act, value, thread } = event
    switch (act) {
      case 'read':
        return (this.#get('value', object) ?? value) === value
      case 'acquire':
        return !isLock(this.#objects.kinds.get(object)) || (this.#get('holder', object) ?? thread) === thread
      case 'get':
        return this.#sizeOf(object) > 0
      case 'put':
        return this.#sizeOf(object) < (this.#objects.maxSizes.get(object) ?? Infinity)
      default:
        return true
    }
  }

  /** Whether the event can change what is possible, or depends on it. */
  concerns(event: RecordedEvent): boolean {
    return isSuccessfulOperation(event) && concernedOperations.includes(event.act)
  }

  /** Changes the state as the event did. Returns a function that undoes that, after all later changes were undone. */
  apply(event: RecordedEvent): () => void {
    this.#replaced = []
    if (isSuccessfulOperation(event)) this.#applyOperation(event)
    const replaced = this.#replaced.reverse()
    return () => {
      for (const [key, number] of replaced) this.#write(key, number)
    }
  }

  /** Whether the cells hold what they held after the run; with `andLost`, also as many lost updates. */
  isFinal(andLost: boolean): boolean {
    return this.#objects.finalCells.every(
      ({ id, value, lost }) =>
        (this.#get('value', id) ?? value) === value &&
        (!andLost || (this.#get('lost', id) ?? 0) === (lost ?? 0)),
    )
  }

  /** The same for the same state. */
  get key(): string {
    return [...this.#numbers]
      .map(([key, number]) => `${key}:${number}`)
      .sort()
      .join()
  }

  #applyOperation({ object, act, value, thread }: OperationEvent): void {
    if (act === 'read') {
      this.#set('value', object, value)
      this.#set(`seenBy${thread}`, object, this.#get('writes', object) ?? 0)
    } else if (act === 'write') this.#applyWrite(object, thread, value)
    else if (act === 'put') this.#set('size', object, this.#sizeOf(object) + 1)
    else if (act === 'get') this.#set('size', object, this.#sizeOf(object) - 1)
    else if (act === 'acquire') this.#set('holder', object, thread)
    else if (act === 'release' && value === 0) this.#set('holder', object, undefined)
  }

  /** Counts lost updates like Cell. */
  #applyWrite(object: number, thread: number, value: number): void {
    const writes = this.#get('writes', object) ?? 0
    if ((this.#get(`seenBy${thread}`, object) ?? writes) !== writes)
      this.#set('lost', object, (this.#get('lost', object) ?? 0) + 1)
    this.#set(`seenBy${thread}`, object, undefined)
    this.#set('writes', object, writes + 1)
    this.#set('value', object, value)
  }

  #sizeOf(object: number): number {
    return this.#get('size', object) ?? 0
  }

  #get(property: Property, object: number): number | undefined {
    return this.#numbers.get(`${property} ${object}`)
  }

  #set(property: Property, object: number, number: number | undefined): void {
    const key = `${property} ${object}`
    this.#replaced.push([key, this.#numbers.get(key)])
    this.#write(key, number)
  }

  #write(key: string, number: number | undefined): void {
    if (number === undefined) this.#numbers.delete(key)
    else this.#numbers.set(key, number)
  }
}

const concernedOperations: readonly OperationEvent['act'][] = [
  'read',
  'write',
  'acquire',
  'release',
  'put',
  'get',
]

const isSuccessfulOperation = (event: RecordedEvent): event is OperationEvent =>
  'act' in event && event.value !== operationFailed

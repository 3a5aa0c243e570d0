import { add, compareAndSet } from './atomic.ts'
import { MemoryError } from './errors.ts'
import { enterGuard, leaveGuard } from './guard.ts'
import { header, maxObjects, object, objectAt, objectKindCodes, waitRecordAt } from './layout.ts'
import { readName, requireMemory, words, writeName } from './memory.ts'
import type { WaitOperation } from './process-view.ts'
import type { Waiter } from './wait-list.ts'
import {
  cancelWait,
  enqueue,
  releaseWaitRecord,
  sleepUntilGranted,
  takeWaitRecord,
  waitUntilGrantedAsync,
} from './wait-list.ts'

export type PrimitiveKind = Exclude<(typeof objectKindCodes)[number], undefined | 'Thread'>

export interface NameOptions {
  /** Shown wherever the object is; cut after 44 bytes. */
  readonly name?: string
}

/** Stands for an object that exists already: what a primitive is made from on the thread that receives it. */
export class HandleRef {
  readonly id: number
  constructor(id: number) {
    this.id = id
  }
}

/** Counts how often a primitive was written as JSON: tells the encoder that an item holds one. */
export const serializedPrimitives = { count: 0 }

const handleClasses = new Map<string, new (existing: HandleRef) => Primitive>()

/** Lets primitives of this kind be received as arguments and in queue items. */
export function registerKind(kind: PrimitiveKind, kindClass: new (existing: HandleRef) => Primitive): void {
  handleClasses.set(kind, kindClass)
}

/** The primitive with this number, as this thread's own handle on it. */
export function attachHandle(id: number): Primitive {
  const kind = objectKindCodes[words[objectAt(id) + object.kind]!] ?? 'nothing'
  const kindClass = handleClasses.get(kind)
  if (kindClass === undefined) throw new TypeError(`object ${id} is ${kind}, not a primitive`)
  return new kindClass(new HandleRef(id))
}

/**
 * A handle on an object in the process's memory. It holds no state of its own but the object's number, so
 * that any thread can have one. Objects are never freed: a process makes those that it needs.
 */
export abstract class Primitive {
  readonly id: number
  protected readonly record: number

  constructor(kind: PrimitiveKind, options: NameOptions | HandleRef) {
    requireMemory()
    this.id = options instanceof HandleRef ? options.id : createObject(kind, options.name ?? '')
    this.record = objectAt(this.id)
  }

  get name(): string {
    return readName(this.record + object.name)
  }

  toJSON(): { primitive: number } {
    serializedPrimitives.count++
    return { primitive: this.id }
  }

  /** Makes what the new object needs of the heap. If there is no room, the object is taken back. */
  protected initialize(make: () => void): void {
    try {
      make()
    } catch (error) {
      words.fill(0, this.record, this.record + object.name)
      compareAndSet(header.nextObject, this.id + 1, this.id)
      throw error
    }
  }

  protected get word(): number {
    return this.record + object.word
  }

  /** A field of the object's kind, from 0. */
  protected field(index: number): number {
    return this.record + object.fields + index
  }

  protected enter(): void {
    enterGuard(this.record + object.guard)
  }

  protected leave(): void {
    leaveGuard(this.record + object.guard)
  }

  /**
   * Waits in a list unless `ready` holds. It is asked again when the waiter is queued and can be seen: who makes
   * it true does so first and looks at the list afterwards, so one of the two sees the other. A waiter that is
   * only hinted at tries `attempt`. Returns whether it was ready or granted.
   */
  protected waitUnless(
    ready: () => boolean,
    list: number,
    operation: WaitOperation,
    timeout: number,
    attempt?: () => boolean,
  ): boolean {
    this.enter()
    if (ready()) {
      this.leave()
      return true
    }
    if (timeout <= 0) {
      this.leave()
      return false
    }
    const waiter = enqueue(this.id, list, operation)
    const isDone = ready()
    if (isDone) cancelWait(waiter)
    this.leave()
    return isDone || sleepUntilGranted(waiter, timeout, attempt)
  }

  /** As `waitUnless`, without blocking. */
  protected async waitUnlessAsync(
    ready: () => boolean,
    list: number,
    operation: WaitOperation,
    timeout: number,
    attempt?: () => boolean,
  ): Promise<boolean> {
    const index = takeWaitRecord()
    this.enter()
    let isDone = ready()
    let waiter: Waiter | undefined
    if (!isDone && timeout > 0) {
      waiter = enqueue(this.id, list, operation, index)
      isDone = ready()
      if (isDone) cancelWait(waiter)
    }
    this.leave()
    if (waiter !== undefined && !isDone) return waitUntilGrantedAsync(waiter, timeout, attempt)
    releaseWaitRecord(waitRecordAt(index))
    return isDone
  }
}

function createObject(kind: PrimitiveKind, name: string): number {
  const id = add(header.nextObject, 1)
  if (id >= maxObjects) {
    add(header.nextObject, -1)
    throw new MemoryError(`a process holds at most ${maxObjects} objects`)
  }
  const record = objectAt(id)
  writeName(record + object.name, name === '' ? `${kind}-${id}` : name)
  words[record + object.kind] = objectKindCodes.indexOf(kind)
  return id
}

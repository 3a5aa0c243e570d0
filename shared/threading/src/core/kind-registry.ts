import { object, objectAt, objectKindCodes } from './layout.ts'
import { isLive, liveRecord, words } from './memory.ts'
import type { ObjectFields } from './object-fields.ts'
import type { Primitive } from './primitive.ts'

/**
 * What each kind of primitive registers about itself, so that the rest of the library handles all kinds alike: its
 * class, its recovery, and the fields that a view shows.
 */

/** @internal */
export type PrimitiveKind = Exclude<(typeof objectKindCodes)[number], undefined>

/**
 * Refers to an object that exists: a primitive is constructed from it on the thread that receives the object.
 * @internal
 */
export class HandleRef {
  readonly id: number
  constructor(id: number) {
    this.id = id
  }
}

type HandleClass = new (existing: HandleRef) => Primitive
type Recovery = (handle: Primitive, dead: number) => void
type Repair = (handle: Primitive, dead: number, undelivered: readonly number[]) => void
type FieldReader = (handle: Primitive) => Partial<ObjectFields>

const handleClasses = new Map<string, HandleClass>()
const recoveries = new Map<string, Recovery>()
const repairs = new Map<string, Repair>()
const guardFields = new Map<string, readonly number[]>()
const fieldReaders = new Map<string, FieldReader>()

/** Lets primitives of this kind be received as arguments and in queue items. */
export function registerKind(kind: PrimitiveKind, kindClass: HandleClass): void {
  handleClasses.set(kind, kindClass)
}

/** Sets how a primitive of this kind is repaired after the death of a thread that may have been using it. */
export function registerRecovery<Handle extends Primitive>(
  kind: PrimitiveKind,
  recover: (handle: Handle, dead: number) => void,
): void {
  recoveries.set(kind, recover as Recovery)
}

/**
 * Sets how the fields of a primitive of this kind are repaired after the death of a thread that was in the object's guard
 * or waited for the object. It runs in the guard, which no other thread entered since, before the kind's recovery.
 * `undelivered` are the wait records of the dead thread in which it was granted something and did not notice it.
 */
export function registerRepair<Handle extends Primitive>(
  kind: PrimitiveKind,
  repair: (handle: Handle, dead: number, undelivered: readonly number[]) => void,
): void {
  repairs.set(kind, repair as Repair)
}

/** Sets in which fields a kind has guards beside the object's own. Its recovery frees them. */
export function registerGuards(kind: PrimitiveKind, fields: readonly number[]): void {
  guardFields.set(kind, fields)
}

/** Sets which fields a view shows of a primitive of this kind. */
export function registerSnapshot<Handle extends Primitive>(
  kind: PrimitiveKind,
  readFields: (handle: Handle) => Partial<ObjectFields>,
): void {
  fieldReaders.set(kind, readFields as FieldReader)
}

const kindOf = (id: number): string => objectKindCodes[words[objectAt(id) + object.kind]!] ?? 'nothing'

/** The class of the primitive with this id. Throws RuntimeError when it was disposed of. */
export function classOf(id: number): HandleClass {
  liveRecord(id, objectAt(id))
  const kindClass = handleClasses.get(kindOf(id))
  if (kindClass === undefined) throw new TypeError(`object ${id} is ${kindOf(id)}, not a primitive`)
  return kindClass
}

/** This thread's own handle on the primitive with this id. Throws RuntimeError when it was disposed of. */
export function attachHandle(id: number): Primitive {
  const kindClass = classOf(id)
  return new kindClass(new HandleRef(id))
}

/**
 * Recovers the primitive with this id from the death of a thread, if its kind has a recovery. Another thread may dispose
 * of it at the same time: then there is nothing left to recover.
 */
export function recoverPrimitive(id: number, dead: number): void {
  try {
    const recovery = recoveries.get(kindOf(id))
    if (recovery !== undefined) runRecovery(recovery, attachHandle(id), dead)
  } catch (error) {
    if (isLive(id)) throw error
  }
}

/** Repairs the fields of the primitive with this id. Its guard must be held. */
export function repairPrimitive(id: number, dead: number, undelivered: readonly number[]): void {
  const repair = repairs.get(kindOf(id))
  if (repair !== undefined && isLive(id)) runRepair(repair, attachHandle(id), dead, undelivered)
}

/** All guards in the record of an object, which may have been disposed of. */
export function guardWords(id: number): number[] {
  const record = objectAt(id)
  const fields = guardFields.get(kindOf(id)) ?? []
  return [record + object.guard, ...fields.map((field) => record + object.fields + field)]
}

function runRepair(repair: Repair, handle: Primitive, dead: number, undelivered: readonly number[]): void {
  repair(handle, dead, undelivered)
}

function runRecovery(recovery: Recovery, handle: Primitive, dead: number): void {
  recovery(handle, dead)
}

/** The fields that a view shows of the primitive with this id. Throws RuntimeError when it was disposed of. */
export function readObjectFields(id: number): Partial<ObjectFields> {
  return fieldReaders.get(kindOf(id))?.(attachHandle(id)) ?? {}
}

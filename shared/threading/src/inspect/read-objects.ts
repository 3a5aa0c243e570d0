import { RuntimeError } from '../core/errors.ts'
import { readObjectFields } from '../core/kind-registry.ts'
import { maxThreads, object, objectAt, objectKindCodes, thread, threadAt } from '../core/layout.ts'
import { isLive, readName, words } from '../core/memory.ts'
import { emptyObjectFields, type ObjectFields } from '../core/object-fields.ts'
import { objectIds } from '../core/object-table.ts'
import type { ObjectKind } from '../core/vocabulary.ts'
import type { ObjectView } from './process-view.ts'
import type { Wait } from './read-waits.ts'

/** The objects that threads can wait for, and the threads that are being joined. */
export function readObjects(waits: readonly Wait[]): ObjectView[] {
  const views: ObjectView[] = []
  const threadObjects = Array.from({ length: maxThreads }, (_, slotNumber) => slotNumber)
  for (const id of [...threadObjects, ...objectIds()]) {
    const view = readObject(id, waits)
    if (view !== undefined) views.push(view)
  }
  return views
}

/** Undefined for plain memory, for a thread that no other joins, and for an object that was disposed of meanwhile. */
function readObject(id: number, waits: readonly Wait[]): ObjectView | undefined {
  const kind = objectKindCodes[words[objectAt(id) + object.kind]!]
  if (kind === undefined || kind === 'SharedMemory') return undefined
  const waiters = waits.filter((wait) => wait.object === id).map((wait) => wait.ident)
  if (kind === 'Thread' && waiters.length === 0) return undefined
  const view = { id, kind, name: readObjectName(id, kind), waiters }
  const fields = kind === 'Thread' ? {} : readFieldsIfLive(id)
  return fields && { ...view, ...emptyObjectFields, ...fields }
}

function readObjectName(id: number, kind: ObjectKind): string {
  return readName(kind === 'Thread' ? threadAt(id) + thread.name : objectAt(id) + object.name)
}

function readFieldsIfLive(id: number): Partial<ObjectFields> | undefined {
  try {
    return readObjectFields(id)
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error
    // A condition whose lock was disposed of still exists, and has no holder.
    return isLive(id) ? {} : undefined
  }
}

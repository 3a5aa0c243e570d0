import { RuntimeError } from './errors.ts'
import { enterGuard, enterLive, leaveGuard } from './guard.ts'
import { HandleRef, type PrimitiveKind, tryAttachHandle } from './kind-registry.ts'
import { object, objectAt } from './layout.ts'
import { isLive, liveRecord, me, readName, requireMemory, words } from './memory.ts'
import { createObject, freeRecord, reclaimRecords, retireObject, setOwner } from './object-table.ts'

export interface NameOptions {
  /** Shown by inspectors and in errors; cut after 44 bytes. */
  readonly name?: string
}

/** @internal */
export interface OwnedOptions extends NameOptions {
  /** The ident of the thread at whose end the object is disposed of. */
  readonly owner?: number
}

/** Removes an object that no living thread can use. It need not be closed: its last user may have died in `dispose`. */
let removeObject: (handle: Primitive) => void

/**
 * A handle on an object in the process's memory. It holds no state of its own but the object's id, so that any thread
 * can have one. The object exists until `dispose` is called on one of its handles.
 */
export abstract class Primitive implements Disposable {
  static {
    removeObject = (handle) => handle.#remove()
  }

  readonly id: number
  protected readonly record: number

  constructor(kind: PrimitiveKind, options: OwnedOptions | HandleRef) {
    requireMemory()
    this.id = options instanceof HandleRef ? options.id : makeObject(kind, options)
    this.record = objectAt(this.id)
  }

  get name(): string {
    this.checkLive()
    return readName(this.record + object.name)
  }

  /**
   * Whether a value is a handle, and not something that only has its prototype.
   * @internal
   */
  static isHandle(value: object): value is Primitive {
    return #hasWaiters in value
  }

  /**
   * Removes the object and frees its memory. Afterwards every handle on it, on any thread, throws RuntimeError; a
   * second `dispose` does nothing. Throws RuntimeError, and changes nothing, while a thread waits for the object or
   * holds it.
   *
   * Dispose of an object only when no other thread can use it any more, for example after these threads were joined:
   * `dispose` races with their operations. An `acquire` that runs at the same time can check that the lock exists
   * before `dispose` removes it, and take the lock afterwards. It then takes the next object that was made in the same
   * memory.
   */
  dispose(): void {
    const guard = this.record + object.guard
    enterGuard(guard)
    const wasLive = isLive(this.id)
    const isClosed = wasLive && !this.#hasWaiters() && this.close()
    // Retired before it is freed: a thread that dies in between leaves no handle on what is freed.
    if (isClosed) retireObject(this.id)
    leaveGuard(guard)
    if (!wasLive) return
    if (!isClosed) throw new RuntimeError(`${this.name} is in use`)
    this.freeBlocks()
    freeRecord(this.id)
  }

  /** `using lock = new Lock()`: disposes of it at the end of the block. */
  [Symbol.dispose](): void {
    this.dispose()
  }

  /**
   * Returns whether the object can be disposed of. If so, no thread can acquire it afterwards. The guard must be held.
   */
  protected close(): boolean {
    return true
  }

  /**
   * Frees the heap blocks of the object, which was retired before. Recovery calls it again if this thread dies in it, or
   * died while it made the object: a block that was freed must not be named any more.
   */
  protected freeBlocks(): void {}

  #remove(): void {
    this.enter()
    retireObject(this.id)
    this.leave()
    this.freeBlocks()
    freeRecord(this.id)
  }

  #hasWaiters(): boolean {
    const lists = this.record + object.lists
    return (words[lists]! | words[lists + 2]! | words[lists + 4]!) !== 0
  }

  /**
   * Makes what a new object needs, a heap block or another object. If that throws, or this thread dies meanwhile, the
   * object is removed again.
   */
  protected initialize<Made>(make: () => Made): Made {
    try {
      const made = make()
      setOwner(this.id, 0)
      return made
    } catch (error) {
      retireObject(this.id)
      freeRecord(this.id)
      throw error
    }
  }

  /** The object's main word. Throws RuntimeError when the object was disposed of. */
  protected get word(): number {
    return liveRecord(this.id, this.record) + object.word
  }

  /** Throws RuntimeError when the object was disposed of. */
  protected checkLive(): void {
    liveRecord(this.id, this.record)
  }

  /** The index of one of the fields that the kind defines, from 0. */
  protected field(index: number): number {
    return this.record + object.fields + index
  }

  /** Enters the object's guard. Throws RuntimeError when the object was disposed of. */
  protected enter(): void {
    enterLive(this.record + object.guard, this.id)
  }

  protected leave(): void {
    leaveGuard(this.record + object.guard)
  }
}

/** The kinds whose constructors call `initialize`: until then, the thread that makes the object owns it. */
const initializedKinds: readonly PrimitiveKind[] = [
  'Queue',
  'LifoQueue',
  'PriorityQueue',
  'Barrier',
  'SharedMemory',
  'RingBuffer',
]

/** The name is converted first: an object whose conversion throws takes no record. */
const makeObject = (kind: PrimitiveKind, { name, owner = 0 }: OwnedOptions): number =>
  createObject({ kind, name: String(name ?? ''), owner: initializedKinds.includes(kind) ? me : owner })

/** For recovery: removes the objects that are to be disposed of at the end of a thread, which has died. */
export function disposeOwnedObjects(dead: number): void {
  for (const id of reclaimRecords(dead)) {
    const handle = tryAttachHandle(id)
    if (handle === undefined) removeRecord(id)
    else removeObject(handle)
  }
}

/** Without a handle, there are no blocks either. */
function removeRecord(id: number): void {
  enterGuard(objectAt(id) + object.guard)
  retireObject(id)
  leaveGuard(objectAt(id) + object.guard)
  freeRecord(id)
}

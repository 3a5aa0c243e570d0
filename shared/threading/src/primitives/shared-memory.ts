import { ValueError } from '../core/errors.ts'
import { HandleRef, registerKind } from '../core/kind-registry.ts'
import { object, objectAt, objectKindCodes } from '../core/layout.ts'
import { readName, words } from '../core/memory.ts'
import { objectIds } from '../core/object-table.ts'
import { type NameOptions, Primitive } from '../core/primitive.ts'
import { allocate, free, unitBytes } from '../heap/heap.ts'

const addressField = 0
const sizeField = 1

export interface SharedMemoryOptions extends NameOptions {
  /** Rounded up to a multiple of 8. */
  readonly bytes: number
}

/**
 * A block of the process's memory for a program's own structs; zeroed, and freed by `dispose`: the arrays must not be
 * used after that. What guards it is up to the program. Throws ValueError for a size that is no whole number above 0, MemoryError where there is no room.
 */
export class SharedMemory extends Primitive {
  readonly int32: Int32Array<SharedArrayBuffer>
  readonly float64: Float64Array<SharedArrayBuffer>
  readonly uint8: Uint8Array<SharedArrayBuffer>

  constructor(options: SharedMemoryOptions | HandleRef) {
    super('SharedMemory', options)
    if (!(options instanceof HandleRef)) this.initialize(() => this.allocate(options.bytes))
    const start = words[this.field(addressField)]! * unitBytes
    const size = words[this.field(sizeField)]!
    this.int32 = new Int32Array(words.buffer, start, size / 4)
    this.float64 = new Float64Array(words.buffer, start, size / 8)
    this.uint8 = new Uint8Array(words.buffer, start, size)
  }

  /** The block that was first given this name; undefined where there is none. Looks at all objects. */
  static named(name: string): SharedMemory | undefined {
    const kind = objectKindCodes.indexOf('SharedMemory')
    for (const id of objectIds()) {
      const record = objectAt(id)
      if (words[record + object.kind] === kind && readName(record + object.name) === name)
        return new SharedMemory(new HandleRef(id))
    }
    return undefined
  }

  protected override freeBlocks(): void {
    free(words[this.field(addressField)]!)
  }

  private allocate(size: number): void {
    if (!Number.isInteger(size) || size <= 0)
      throw new ValueError('shared memory has a whole number of bytes')
    const rounded = Math.ceil(size / 8) * 8
    const address = allocate(rounded)
    words.fill(0, address * 4, address * 4 + rounded / 4)
    words[this.field(addressField)] = address
    words[this.field(sizeField)] = rounded
  }
}
registerKind('SharedMemory', SharedMemory)

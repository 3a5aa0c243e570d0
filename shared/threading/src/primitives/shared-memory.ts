import { ValueError } from '../core/errors.ts'
import { HandleRef, registerKind } from '../core/kind-registry.ts'
import { object, objectAt, objectKindCodes } from '../core/layout.ts'
import { readName, words } from '../core/memory.ts'
import { objectIds } from '../core/object-table.ts'
import { type NameOptions, Primitive } from '../core/primitive.ts'
import { allocate, claimBlock, free, giveBlock } from '../heap/heap.ts'
import { unitBytes } from '../heap/heap-block.ts'

/**
 * A block of the heap.
 *
 *   field    what it holds           who writes it
 *   -------  ----------------------  ---------------------------------
 *   address  the block's heap unit   the thread that makes the object
 *   size     its length in bytes     the thread that makes the object
 */

const addressField = 0
const sizeField = 1

export interface SharedMemoryOptions extends NameOptions {
  /** Rounded up to a multiple of 8. */
  readonly bytes: number
}

/**
 * A block of the process's memory for a program's own structs. It is zeroed at first. `dispose` frees it: do not use the
 * arrays after that. The program has to guard it. Making one throws ValueError for a size that is not a positive integer,
 * MemoryError when there is no room.
 */
export class SharedMemory extends Primitive {
  readonly int32: Int32Array<SharedArrayBuffer>
  readonly float64: Float64Array<SharedArrayBuffer>
  readonly uint8: Uint8Array<SharedArrayBuffer>

  constructor(options: SharedMemoryOptions | HandleRef) {
    super('SharedMemory', options)
    if (!(options instanceof HandleRef)) this.initialize(() => this.#allocate(options.bytes))
    const start = words[this.field(addressField)]! * unitBytes
    const size = words[this.field(sizeField)]!
    this.int32 = new Int32Array(words.buffer, start, size / 4)
    this.float64 = new Float64Array(words.buffer, start, size / 8)
    this.uint8 = new Uint8Array(words.buffer, start, size)
  }

  /** Returns the first block with this name, or undefined. Reads the whole table of objects. */
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
    const address = words[this.field(addressField)]!
    if (address === 0) return
    claimBlock(address)
    words[this.field(addressField)] = 0
    free(address)
  }

  #allocate(size: number): void {
    if (!Number.isInteger(size) || size <= 0)
      throw new ValueError('shared memory has a whole number of bytes')
    const rounded = Math.ceil(size / 8) * 8
    const address = allocate(rounded)
    words.fill(0, address * 4, address * 4 + rounded / 4)
    words[this.field(addressField)] = address
    words[this.field(sizeField)] = rounded
    giveBlock(address)
  }
}
registerKind('SharedMemory', SharedMemory)

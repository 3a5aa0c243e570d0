import { SharedMemory } from '@skein/threading'

const lengthWord = 0
const firstWord = 1

/** A list of whole numbers in shared memory, which travels as its memory. Its users keep each other out by a lock. */
export class SharedList {
  readonly memory: SharedMemory

  constructor(memory: SharedMemory) {
    this.memory = memory
  }

  static of(name: string, room: number): SharedList {
    return new SharedList(new SharedMemory({ name, bytes: (room + firstWord) * 4 }))
  }

  get length(): number {
    return this.memory.int32[lengthWord] ?? 0
  }

  push(item: number): void {
    this.memory.int32[firstWord + this.length] = item
    this.memory.int32[lengthWord] = this.length + 1
  }

  /** Takes the first item out. Throws RangeError when there is none. */
  shift(): number {
    const { int32 } = this.memory
    const item = int32[firstWord]
    if (this.length === 0 || item === undefined) throw new RangeError('the list is empty')
    int32.copyWithin(firstWord, firstWord + 1, firstWord + this.length)
    int32[lengthWord] = this.length - 1
    return item
  }
}

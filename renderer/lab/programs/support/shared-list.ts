import { SharedMemory } from '@skein/threading'

const lengthWord = 0
const firstWord = 1

/** A list of integers in shared memory. Pass its memory to other threads. Its users need a lock. */
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

  /** Removes and returns the first item. Throws RangeError if the list is empty. */
  shift(): number {
    const { int32 } = this.memory
    const item = int32[firstWord]
    if (this.length === 0 || item === undefined) throw new RangeError('the list is empty')
    int32.copyWithin(firstWord, firstWord + 1, firstWord + this.length)
    int32[lengthWord] = this.length - 1
    return item
  }
}

/** Blocks are measured and addressed in units of 16 bytes. The first unit of a block is its header. */
export const unitBytes = 16

/** The words of a block's header. */
export const block = {
  /** Its length in units, with the header. */
  units: 0,
  /** The next block in its free list, 0 for none. */
  link: 1,
  /** Which worker holds it: see `workerIn` and `holder`. */
  holder: 2,
} as const

/** The holders of a block beside workers. */
export const holder = {
  /** It is free: in a shared list, or about to be. */
  nobody: -1,
  /** An object, or a table, refers to it. */
  object: 0,
} as const

/** How the worker in a slot is named as the holder of a block. */
export const workerIn = (slotNumber: number): number => slotNumber + 1

/** Blocks of fewer units have a list for each length. From there on there is one for each power of two. */
const firstMixedLength = 16
const mixedListOffset = firstMixedLength - Math.log2(firstMixedLength)
export const freeListCount = mixedListOffset + 28

/** The number of the list of the free blocks of this length. */
export const freeListOf = (units: number): number =>
  units < firstMixedLength ? units : mixedListOffset + 31 - Math.clz32(units)

import { getIdent, SharedMemory } from '@skein/threading'
import { processLimits, threadSlot } from '@skein/threading/inspect'

/**
 * The line that each thread of the Lab is on, in shared memory. A program calls `at('read')` before the line labelled
 * `read`, and the page marks that line in both listings. Each thread slot has two words: the thread's ident (a worker
 * runs several threads in turn) and the hash of the label. Slots are 64 bytes apart to avoid false sharing.
 */
const memoryName = 'running lines'
const wordsPerThreadSlot = 16
const identOffset = 0
const labelOffset = 1

/** Undefined before the first use, null in a process that does not mark lines. */
let lineMemory: SharedMemory | undefined | null

/** Call on main, before the first thread starts. */
export function startLineMarking(): void {
  lineMemory = new SharedMemory({
    bytes: processLimits().maxThreads * wordsPerThreadSlot * 4,
    name: memoryName,
  })
}

/** Marks the line that this thread runs next. Listings do not show this call. */
export function at(label: string): void {
  if (lineMemory === undefined) lineMemory = SharedMemory.named(memoryName) ?? null
  if (lineMemory === null) return
  const ident = getIdent()
  const offset = threadSlot(ident) * wordsPerThreadSlot
  Atomics.store(lineMemory.int32, offset + labelOffset, hashLabel(label))
  Atomics.store(lineMemory.int32, offset + identOffset, ident)
}

/** Returns which of these labels a thread is at; undefined before its first label. */
export function findCurrentLabel(ident: number, labels: Iterable<string>): string | undefined {
  if (!lineMemory) return undefined
  const offset = threadSlot(ident) * wordsPerThreadSlot
  if (Atomics.load(lineMemory.int32, offset + identOffset) !== ident) return undefined
  const hash = Atomics.load(lineMemory.int32, offset + labelOffset)
  for (const label of labels) if (hashLabel(label) === hash) return label
  return undefined
}

const labelHashes = new Map<string, number>()

/** FNV-1a of 32 bits: the same in every thread. */
function hashLabel(label: string): number {
  const known = labelHashes.get(label)
  if (known !== undefined) return known
  let hash = 0x811c9dc5
  for (let index = 0; index < label.length; index++) {
    hash = Math.imul(hash ^ label.charCodeAt(index), 0x01000193)
  }
  labelHashes.set(label, hash)
  return hash
}

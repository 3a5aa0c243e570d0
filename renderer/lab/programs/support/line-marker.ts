import { SharedMemory } from '@skein/threading'
import { maxThreads, me, mySlot, slotOf } from '@skein/threading/inspect'

/**
 * The line that each thread of the Lab is on, in shared memory: a program says `at('read')` before the line that it
 * calls `read`, and the page marks that line in both listings. Two words for each thread: who it is (workers run
 * several threads in turn), and the number of the label; 64 bytes apart, as neighbours would slow each other down.
 */
const memoryName = 'running lines'
const wordsPerThreadSlot = 16
const identOffset = 0
const labelOffset = 1

/** Undefined before the first look, null where nobody shows lines. */
let lineMemory: SharedMemory | undefined | null

/** Makes the board. On main, before the threads are started that shall be shown. */
export function startLineMarking(): void {
  lineMemory = new SharedMemory({ bytes: maxThreads * wordsPerThreadSlot * 4, name: memoryName })
}

/** Marks the line of a listing that this thread does next. It is no part of the program: no listing shows it. */
export function at(label: string): void {
  if (lineMemory === undefined) lineMemory = SharedMemory.named(memoryName) ?? null
  if (lineMemory === null) return
  const place = mySlot * wordsPerThreadSlot
  Atomics.store(lineMemory.int32, place + labelOffset, hashLabel(label))
  Atomics.store(lineMemory.int32, place + identOffset, me)
}

/** The label, of those given, that a thread is at; undefined before its first. */
export function findCurrentLabel(ident: number, labels: Iterable<string>): string | undefined {
  if (!lineMemory) return undefined
  const place = slotOf(ident) * wordsPerThreadSlot
  if (Atomics.load(lineMemory.int32, place + identOffset) !== ident) return undefined
  const number = Atomics.load(lineMemory.int32, place + labelOffset)
  for (const label of labels) if (hashLabel(label) === number) return label
  return undefined
}

const labelHashes = new Map<string, number>()

/** The same in every thread, without their having agreed: FNV-1a, of 32 bits. */
function hashLabel(label: string): number {
  const known = labelHashes.get(label)
  if (known !== undefined) return known
  let hash = 0x811c9dc5
  for (let place = 0; place < label.length; place++) {
    hash = Math.imul(hash ^ label.charCodeAt(place), 0x01000193)
  }
  labelHashes.set(label, hash)
  return hash
}

import { SharedMemory } from '../../shared/threading/index.ts'
import { maxThreads, slotOf } from '../../shared/threading/layout.ts'
import { me, mySlot } from '../../shared/threading/memory.ts'

/**
 * The line that each thread of the Lab is on, in shared memory: a program says `at('read')` before the line that it
 * calls `read`, and the page marks that line in both listings. Two words for each thread: who it is (workers run
 * several threads in turn), and the number of the label; 64 bytes apart, as neighbours would slow each other down.
 */
const name = 'running lines'
const wordsPerThread = 16
const identWord = 0
const labelWord = 1

/** Undefined before the first look, null where nobody shows lines. */
let board: SharedMemory | undefined | null

/** Makes the board. On main, before the threads are started that shall be shown. */
export function showLines(): void {
  board = new SharedMemory({ bytes: maxThreads * wordsPerThread * 4, name })
}

/** Marks the line of a listing that this thread does next. It is no part of the program: no listing shows it. */
export function at(label: string): void {
  if (board === undefined) board = SharedMemory.named(name) ?? null
  if (board === null) return
  const place = mySlot * wordsPerThread
  Atomics.store(board.int32, place + labelWord, numberOf(label))
  Atomics.store(board.int32, place + identWord, me)
}

/** The label, of those given, that a thread is at; undefined before its first. */
export function labelOf(ident: number, labels: Iterable<string>): string | undefined {
  if (!board) return undefined
  const place = slotOf(ident) * wordsPerThread
  if (Atomics.load(board.int32, place + identWord) !== ident) return undefined
  const number = Atomics.load(board.int32, place + labelWord)
  for (const label of labels) if (numberOf(label) === number) return label
  return undefined
}

const numbers = new Map<string, number>()

/** The same in every thread, without their having agreed: FNV-1a, of 32 bits. */
function numberOf(label: string): number {
  const known = numbers.get(label)
  if (known !== undefined) return known
  let hash = 0x811c9dc5
  for (let place = 0; place < label.length; place++) {
    hash = Math.imul(hash ^ label.charCodeAt(place), 0x01000193)
  }
  numbers.set(label, hash)
  return hash
}

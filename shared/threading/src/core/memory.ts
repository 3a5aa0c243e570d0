import { MemoryError, RuntimeError } from './errors.ts'
import {
  header,
  heapStart,
  magic,
  maxNameBytes,
  maxThreads,
  slotState,
  stateCode,
  thread,
  threadAt,
} from './layout.ts'

/** The process's one shared memory, seen as words, doubles and bytes. Set once for each thread, by `attach`. */
export let words: Int32Array<SharedArrayBuffer>
export let doubles: Float64Array<SharedArrayBuffer>
export let bytes: Uint8Array<SharedArrayBuffer>

/** Who runs this code: the ident and slot of this thread. */
export let me = 0
export let mySlot = 0

/** Whether this thread may sleep in a wait: a page's main thread may not. */
export const canBlock = !('document' in globalThis)

export const defaultMemoryBytes = 64 * 1024 * 1024

/** Whether this thread belongs to a process already. */
export const hasMemory = (): boolean => (words as typeof words | undefined) !== undefined

/** Makes the process's memory and becomes its main thread. Pages that nothing touches cost no memory. */
export function createMemory(name: string, size = defaultMemoryBytes): SharedArrayBuffer {
  if (hasMemory()) throw new RuntimeError('this thread belongs to a process already')
  const buffer = allocateBuffer(size)
  setViews(buffer)
  words[header.magic] = magic
  words[header.heapTop] = heapStart / 4
  words[header.nextObject] = maxThreads
  words[header.startedThreads] = 1
  writeName(header.name, name)
  const record = threadAt(0)
  words[record + thread.ident] = 1
  words[record + thread.slotState] = slotState.main
  words[record + thread.state] = stateCode('Runnable')
  doubles[(record + thread.since) >> 1] = performance.timeOrigin + performance.now()
  writeName(record + thread.name, 'main')
  me = 1
  mySlot = 0
  return buffer
}

function allocateBuffer(size: number): SharedArrayBuffer {
  if (typeof SharedArrayBuffer === 'undefined') {
    throw new RuntimeError('threads need shared memory: the page must be cross-origin isolated')
  }
  try {
    return new SharedArrayBuffer(size)
  } catch {
    throw new MemoryError(`the system did not give ${size} bytes of shared memory`)
  }
}

/** Joins the process whose memory this is, as the worker in `slotNumber`. */
export function attachMemory(buffer: SharedArrayBuffer, slotNumber: number): void {
  // A primitive that a module made on loading is one of a memory that nobody shares.
  if (hasMemory())
    throw new RuntimeError('a worker made a primitive before serveThreads: main makes and passes them')
  setViews(buffer)
  if (words[header.magic] !== magic) throw new RuntimeError('this is not the memory of a process')
  mySlot = slotNumber
}

/** From now on this thread runs as `ident`. A pooled worker runs one thread after another. */
export function becomeThread(ident: number): void {
  me = ident
}

function setViews(buffer: SharedArrayBuffer): void {
  words = new Int32Array(buffer)
  doubles = new Float64Array(buffer)
  bytes = new Uint8Array(buffer)
}

/** The memory to hand to a new worker; made on first use by a program that never called `startProcess`. */
export function requireMemory(): SharedArrayBuffer {
  return hasMemory() ? words.buffer : createMemory('main')
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Writes a name as its length in bytes and its UTF-8, cut to `nameBytes`. */
export function writeName(offset: number, name: string): void {
  const scratch = new Uint8Array(maxNameBytes)
  const { written } = encoder.encodeInto(name, scratch)
  bytes.set(scratch.subarray(0, written), (offset + 1) * 4)
  words[offset] = written
}

export function readName(offset: number): string {
  const start = (offset + 1) * 4
  // Decoders refuse shared memory: `slice` copies into private memory.
  return decoder.decode(bytes.slice(start, start + words[offset]!))
}

export const processName = (): string => readName(header.name)

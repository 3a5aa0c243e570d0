import { MemoryError, RuntimeError, ValueError } from './errors.ts'
import {
  defaultSizes,
  header,
  heapStart,
  magic,
  maxNameBytes,
  maxThreads,
  object,
  objectAt,
  objectKindCodes,
  setTableSizes,
  slotState,
  stateCode,
  type TableSizes,
  thread,
  threadAt,
} from './layout.ts'

/** The shared memory of the process as words, doubles, single-precision numbers and bytes. Set once in each worker. */
export let words: Int32Array<SharedArrayBuffer>
export let doubles: Float64Array<SharedArrayBuffer>
export let floats: Float32Array<SharedArrayBuffer>
export let bytes: Uint8Array<SharedArrayBuffer>

/** The ident and slot of the thread that runs this code. */
export let me = 0
export let mySlot = 0

/** Whether this thread may sleep in a wait: a page's main thread may not, nor an adopted thread. */
export let canBlock = !('document' in globalThis)

/** Whether this thread must not wait at all, not even asynchronously. */
export let isAdopted = false

/** The name of a process that is given none. */
const defaultProcessName = 'main'

export const defaultMemoryBytes = 64 * 1024 * 1024

/** The size of a process's memory and of the tables in it. Each has a default. */
export interface MemoryOptions extends Partial<TableSizes> {
  /** The process's whole memory in bytes, 64 MiB by default. Pages that are never touched cost nothing. */
  readonly memoryBytes?: number
}

/** Whether this thread belongs to a process. */
export const hasMemory = (): boolean => (words as typeof words | undefined) !== undefined

/** Makes the process's memory and becomes its main thread. Throws ValueError for invalid sizes. */
export function createMemory(name: string, options: MemoryOptions = {}): SharedArrayBuffer {
  if (hasMemory()) throw new RuntimeError('this thread belongs to a process already')
  const sizes = checkSizes(options)
  const { memoryBytes = defaultMemoryBytes } = options
  setTableSizes(sizes)
  checkMemoryBytes(memoryBytes)
  const buffer = allocateBuffer(memoryBytes)
  setViews(buffer)
  initializeHeader(name, sizes)
  // A thread is joined at the object whose id is the number of its slot.
  for (let slotNumber = 0; slotNumber < maxThreads; slotNumber++)
    words[objectAt(slotNumber) + object.id] = slotNumber
  words[objectAt(0) + object.kind] = objectKindCodes.indexOf('Thread')
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

/**
 * Returns the memory that this thread has, under another name. Throws ValueError for invalid sizes, and RuntimeError for
 * sizes that the memory does not have: it cannot be changed any more.
 */
export function reuseMemory(name: string, options: MemoryOptions = {}): SharedArrayBuffer {
  checkSizes(options)
  const actual: Required<MemoryOptions> = { ...processLimits(), memoryBytes: words.buffer.byteLength }
  if (options.memoryBytes !== undefined) checkMemoryBytes(options.memoryBytes)
  for (const key of Object.keys(actual) as (keyof MemoryOptions)[]) {
    const wanted = options[key] ?? actual[key]
    if (wanted !== actual[key])
      throw new RuntimeError(
        `${key} cannot be ${wanted}: a primitive was made before startProcess, in a memory with ${actual[key]}. Call startProcess first`,
      )
  }
  writeName(header.name, name || defaultProcessName)
  return words.buffer
}

function initializeHeader(name: string, sizes: TableSizes): void {
  words[header.magic] = magic
  words[header.maxThreads] = sizes.maxThreads
  words[header.maxObjects] = sizes.maxObjects
  words[header.maxWaits] = sizes.maxWaits
  words[header.traceEvents] = sizes.traceEvents
  words[header.heapTop] = heapStart / 4
  words[header.nextObject] = maxThreads
  words[header.startedThreads] = 1
  writeName(header.name, name || defaultProcessName)
}

const sizeLimits: Readonly<Record<keyof TableSizes, readonly [number, number]>> = {
  maxThreads: [2, 1024],
  maxObjects: [1, 2 ** 20],
  maxWaits: [1, 2 ** 16],
  traceEvents: [2, 2 ** 16],
}

function checkSizes(options: MemoryOptions): TableSizes {
  const sizeOf = (key: keyof TableSizes): number => {
    const size = options[key] ?? defaultSizes[key]
    const [minimum, maximum] = sizeLimits[key]
    if (!Number.isInteger(size) || size < minimum || size > maximum)
      throw new ValueError(`${key} must be a whole number from ${minimum} to ${maximum}`)
    return size
  }
  const traceEvents = sizeOf('traceEvents')
  if (!Number.isInteger(Math.log2(traceEvents))) throw new ValueError('traceEvents must be a power of two')
  return {
    maxThreads: sizeOf('maxThreads'),
    maxObjects: sizeOf('maxObjects'),
    maxWaits: sizeOf('maxWaits'),
    traceEvents,
  }
}

function checkMemoryBytes(size: number): void {
  if (!Number.isInteger(size) || size % 16 !== 0) throw new ValueError('memoryBytes must be a multiple of 16')
  if (size <= heapStart * 4)
    throw new ValueError(`memoryBytes must be more than ${heapStart * 4}, which the tables need`)
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

/** The sizes of the tables of this process. */
export function processLimits(): TableSizes {
  requireMemory()
  return {
    maxThreads: words[header.maxThreads]!,
    maxObjects: words[header.maxObjects]!,
    maxWaits: words[header.maxWaits]!,
    traceEvents: words[header.traceEvents]!,
  }
}

/** Whether the object with this id still exists. Records are reused, ids are not. */
export const isLive = (id: number): boolean => words[objectAt(id) + object.id] === id

/** Returns the object's record. Throws RuntimeError when the object was disposed of. */
export function liveRecord(id: number, record: number): number {
  if (words[record + object.id] !== id) throw new RuntimeError(`object ${id} was disposed of`)
  return record
}

/** Attaches this worker to the memory of its process. */
export function attachMemory(buffer: SharedArrayBuffer, slotNumber: number): void {
  // A primitive that a module made while it loaded lies in a memory that no other thread has.
  if (hasMemory())
    throw new RuntimeError('a worker made a primitive before serveThreads: main makes and passes them')
  setViews(buffer)
  if (words[header.magic] !== magic) throw new RuntimeError('this is not the memory of a process')
  setTableSizes(processLimits())
  mySlot = slotNumber
}

/** Makes this worker run as the thread `ident`. A worker runs one thread after another. */
export function becomeThread(ident: number): void {
  me = ident
}

/** Makes this thread run as the adopted thread `ident`. */
export function becomeAdopted(ident: number): void {
  me = ident
  canBlock = false
  isAdopted = true
}

function setViews(buffer: SharedArrayBuffer): void {
  words = new Int32Array(buffer)
  doubles = new Float64Array(buffer)
  floats = new Float32Array(buffer)
  bytes = new Uint8Array(buffer)
}

/** The memory of the process. A program that never called `startProcess` gets one at its first use. */
export function requireMemory(): SharedArrayBuffer {
  return hasMemory() ? words.buffer : createMemory(defaultProcessName)
}

/** Made when they are needed: an AudioWorklet has neither. */
let lazyEncoder: InstanceType<typeof TextEncoder> | undefined
let lazyDecoder: InstanceType<typeof TextDecoder> | undefined

function encodeName(name: string): number {
  lazyEncoder ??= new TextEncoder()
  return lazyEncoder.encodeInto(name, nameScratch).written
}

function decodeName(encoded: Uint8Array<ArrayBuffer>): string {
  // Names may begin with U+FEFF.
  lazyDecoder ??= new TextDecoder('utf-8', { ignoreBOM: true })
  return lazyDecoder.decode(encoded)
}

/** Encoders refuse shared memory. */
const nameScratch = new Uint8Array(maxNameBytes)

/** Writes the length of a name in bytes and its UTF-8, cut to `maxNameBytes`. */
export function writeName(offset: number, name: string): void {
  const written = encodeName(name)
  const start = (offset + 1) * 4
  for (let index = 0; index < written; index++) bytes[start + index] = nameScratch[index]!
  words[offset] = written
}

/** The part of a name that shared memory holds. */
export function cutName(name: string): string {
  return decodeName(nameScratch.subarray(0, encodeName(name)))
}

export function readName(offset: number): string {
  const start = (offset + 1) * 4
  // Decoders refuse shared memory: `slice` copies into private memory.
  return decodeName(bytes.slice(start, start + words[offset]!))
}

export const processName = (): string => readName(header.name)

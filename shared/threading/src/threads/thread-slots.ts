import { add, compareAndSet, load, store, wake } from '../core/atomic.ts'
import { now } from '../core/clock.ts'
import { MemoryError } from '../core/errors.ts'
import {
  header,
  maxThreads,
  object,
  objectAt,
  objectKindCodes,
  slotOf,
  slotState,
  stateCode,
  thread,
  threadAt,
} from '../core/layout.ts'
import { me, words, writeName } from '../core/memory.ts'
import { compareWrapping, maxInt32 } from '../core/numbers.ts'
import { setOwner } from '../core/object-table.ts'
import { writeState } from '../core/thread-state.ts'
import { decode, discard, type Encoded, encode } from '../heap/codec.ts'
import { free, giveBlock, giveBlockTo } from '../heap/heap.ts'
import { loadText, storeText } from '../heap/heap-text.ts'

/** What a thread is to run. */
export interface ThreadCall {
  readonly target: string
  readonly args: readonly unknown[]
}

export interface StartOptions {
  readonly name: string
  readonly daemon: boolean
  readonly call: ThreadCall
  /** An object that is disposed of at the end of the thread. */
  readonly ownedObject?: number | undefined
}

/**
 * The slots of the thread table. Each has a worker, which runs one thread after another. To start a thread is to claim
 * a slot whose worker sleeps or is still being made, to write into it what to run, and to wake the worker.
 *
 * The commit step is the store of `slotState.taken`. A claimed slot names its claimer: if that dies before the commit
 * step, recovery gives the slot back; if it dies afterwards, recovery wakes the worker.
 */

/** Claims a slot and starts the thread in it. Returns its ident, or undefined when no slot is free. */
export function startInSlot(options: StartOptions): number | undefined {
  // A worker that booted between the first claim and the second is found by the third.
  const call = encode([options.call.target, ...options.call.args])
  const slotNumber =
    claimSlot(slotState.idle) ??
    claimSlot(slotState.booting) ??
    claimSlot(slotState.idle) ??
    claimSlot(slotState.ended)
  if (slotNumber === undefined) {
    discard(call)
    return undefined
  }
  const record = threadAt(slotNumber)
  const ident = writeThread(slotNumber, options)
  writeCall(slotNumber, call)
  store(record + thread.slotState, slotState.taken)
  wake(record + thread.slotState)
  return ident
}

/** Writes the record of a thread that is to run in a claimed slot. Returns its ident. */
export function writeThread(slotNumber: number, options: Omit<StartOptions, 'call'>): number {
  const record = threadAt(slotNumber)
  const ident = nextIdent(slotNumber, words[record + thread.ident]!)
  clearError(record)
  words[objectAt(slotNumber) + object.kind] = objectKindCodes.indexOf('Thread')
  words[record + thread.daemon] = options.daemon ? 1 : 0
  words[record + thread.killed] = 0
  words[record + thread.gateOperation] = 0
  words[record + thread.control] = words[header.initialControl]!
  words[record + thread.slowness] = words[header.initialSlowness]!
  words[record + thread.startSequence] = add(header.startedThreads, 1)
  writeName(record + thread.name, options.name)
  writeState(slotNumber, { state: stateCode('New'), since: now() })
  if (options.ownedObject !== undefined) setOwner(options.ownedObject, ident)
  store(record + thread.ident, ident)
  return ident
}

/** Returns the ident of the next thread in a slot. Idents wrap: a slot runs at least two million threads before one repeats. */
function nextIdent(slotNumber: number, former: number): number {
  const first = slotNumber + 1
  return former === 0 || former > maxInt32 - maxThreads ? first : former + maxThreads
}

/** Compares the threads of two slots by their start; main's first. The count of started threads wraps. */
export function compareStarts(one: number, other: number): number {
  if (one === 0 || other === 0) return one - other
  const startSequence = (slotNumber: number) => words[threadAt(slotNumber) + thread.startSequence]!
  return compareWrapping(startSequence(one), startSequence(other))
}

/** Claims the slot that was used longest ago, so that inspectors show an ended thread for as long as possible. */
function claimSlot(state: number): number | undefined {
  const candidates: number[] = []
  for (let slotNumber = 1; slotNumber < maxThreads; slotNumber++) {
    if (load(threadAt(slotNumber) + thread.slotState) === state) candidates.push(slotNumber)
  }
  candidates.sort(compareStarts)
  return candidates.find((slotNumber) => compareAndSet(threadAt(slotNumber) + thread.slotState, state, -me))
}

/** From here on the worker of the slot holds the block of the call. */
function writeCall(slotNumber: number, { tag, first, second, block }: Encoded): void {
  words.set([tag, first, second, block], threadAt(slotNumber) + thread.call)
  if (block !== 0) giveBlockTo(block, slotNumber)
}

/** Reads what the thread in this slot is to run, and frees its memory. Call it once. */
export function readCall(slotNumber: number): ThreadCall {
  const call = threadAt(slotNumber) + thread.call
  const encoded = {
    tag: words[call]!,
    first: words[call + 1]!,
    second: words[call + 2]!,
    block: words[call + 3]!,
  }
  words[call + 3] = 0
  const [target, ...args] = decode(encoded) as [string, ...unknown[]]
  return { target, args }
}

/** Whether the thread was started and has not ended. */
export function isAlive(ident: number): boolean {
  const record = threadAt(slotOf(ident))
  if (load(record + thread.ident) !== ident) return false
  const state = load(record + thread.slotState)
  return state === slotState.taken || state === slotState.main || state === slotState.adopted
}

/** Whether the thread was adopted and has not ended. */
export function isAdoptedThread(ident: number): boolean {
  const record = threadAt(slotOf(ident))
  return load(record + thread.ident) === ident && load(record + thread.slotState) === slotState.adopted
}

/** In place of the address of an error message that shared memory had no room for. */
const errorNotStored = -1

/** Stores the error message of a thread that ended. */
export function writeError(slotNumber: number, text: string): void {
  const record = threadAt(slotNumber)
  clearError(record)
  const address = tryStoreText(text.slice(0, 1000))
  words[record + thread.error] = address
  if (address > 0) giveBlock(address)
}

function tryStoreText(text: string): number {
  try {
    return storeText(text)
  } catch (error) {
    if (error instanceof MemoryError) return errorNotStored
    throw error
  }
}

export function readError(slotNumber: number): string | undefined {
  const address = load(threadAt(slotNumber) + thread.error)
  if (address === 0) return undefined
  return address === errorNotStored ? 'an error that shared memory had no room for' : loadText(address)
}

function clearError(record: number): void {
  const address = words[record + thread.error]!
  words[record + thread.error] = 0
  if (address > 0) free(address)
}

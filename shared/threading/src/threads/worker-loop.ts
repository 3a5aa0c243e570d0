import { compareAndSet, load, sleep } from '../core/atomic.ts'
import { describeThrown } from '../core/errors.ts'
import { afterOperation, beforeOperation, isInstrumented } from '../core/instrumentation.ts'
import { slotState, thread, threadAt, workerState } from '../core/layout.ts'
import { attachMemory, becomeThread, me, words } from '../core/memory.ts'
import { targetNamed } from '../core/targets.ts'
import { awaitTermination, enterState, isKilled, resetControl } from '../core/thread-state.ts'
import { wakeJoinersOf } from '../core/wait-list.ts'
import { flushThreadCache } from '../heap/heap.ts'
import { releaseHeldLocks } from '../recovery/thread-death-recovery.ts'
import type { WorkerMessage } from './pooled-worker.ts'
import { currentThread, type Thread } from './thread.ts'
import { readCall, writeError } from './thread-slots.ts'
import { mainChannel } from './worker-pool.ts'

/**
 * The loop of a worker: it sleeps until a thread is started in its slot, runs the thread, reports its end, and sleeps
 * again. Never returns.
 */
export async function runThreads(
  memory: SharedArrayBuffer,
  slotNumber: number,
  post: (message: WorkerMessage) => void,
): Promise<never> {
  attachMemory(memory, slotNumber)
  mainChannel.post = post
  const record = threadAt(slotNumber)
  if (!compareAndSet(record + thread.worker, workerState.made, workerState.running)) await awaitTermination()
  compareAndSet(record + thread.slotState, slotState.booting, slotState.idle)
  for (;;) {
    waitForThread(record + thread.slotState)
    const ident = words[record + thread.ident]!
    const error = await runThread(slotNumber, ident)
    flushThreadCache()
    resetControl(record)
    if (!compareAndSet(record + thread.killed, 0, 2)) await awaitTermination()
    releaseHeldLocks(ident)
    post({ kind: 'ended', ident, error })
    // It fails when the pool was closed meanwhile.
    if (!compareAndSet(record + thread.slotState, slotState.taken, slotState.ended)) await awaitTermination()
    wakeJoinersOf(slotNumber)
  }
}

/** Sleeps until a thread was started. The thread that starts it claims the slot first, and does not wake the worker. */
function waitForThread(word: number): void {
  for (let state = load(word); state !== slotState.taken; state = load(word)) sleep(word, state, Infinity)
}

async function runThread(slotNumber: number, ident: number): Promise<string | undefined> {
  becomeThread(ident)
  enterState('Runnable')
  let error: string | undefined
  try {
    const { target, args } = readCall(slotNumber)
    if (isInstrumented()) recordBegin(slotNumber)
    if (target !== '') await targetNamed(target)(...args)
  } catch (thrown) {
    if (isKilled()) await awaitTermination()
    error = describeThrown(thrown)
    await callExcepthook(thrown)
  }
  if (error !== undefined) writeError(slotNumber, error)
  enterState('Terminated')
  return error
}

/** Lets a thread be paused before it begins. */
function recordBegin(slotNumber: number): void {
  beforeOperation(slotNumber, 'begin')
  afterOperation(slotNumber, 'begin', me)
}

/** Prints an error of the hook itself. It does not keep the thread from ending. */
async function callExcepthook(thrown: unknown): Promise<void> {
  try {
    await excepthook(thrown, currentThread())
  } catch (error) {
    printError(thrown, currentThread())
    printSafely('Exception in excepthook:', error)
  }
}

export type ExceptHook = (thrown: unknown, thread: Thread) => unknown

const printError: ExceptHook = (thrown, { name }) => printSafely(`Exception in thread ${name}:`, thrown)
let excepthook: ExceptHook = printError

/** The console fails for some values: a Proxy that was revoked, for example. */
function printSafely(title: string, thrown: unknown): void {
  try {
    console.error(title, thrown)
  } catch {
    console.error(title, describeThrown(thrown))
  }
}

/**
 * Sets what is done with an error that ends a thread. By default, and with undefined, it is printed. The hook holds for
 * the threads of the worker that calls this: call it in the module that defines the targets.
 */
export function setExcepthook(hook: ExceptHook | undefined): void {
  excepthook = hook ?? printError
}

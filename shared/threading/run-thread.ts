import { compareAndSet, load, sleep, store } from './atomic.ts'
import { abandonLocks } from './burial.ts'
import { enterGuard, leaveGuard } from './guard.ts'
import { giveBackKept } from './heap.ts'
import { object, objectAt, slot, thread, threadAt } from './layout.ts'
import { attach, becomeThread, me, words } from './memory.ts'
import { type ThreadNews, tellMain } from './pool.ts'
import { letGo, readCall, writeError } from './slots.ts'
import { targetNamed } from './targets.ts'
import { currentThread, type Thread } from './thread.ts'
import { enterState } from './thread-state.ts'
import { grantAll } from './waiting.ts'
import { afterAct, beforeAct, isWatched } from './watch.ts'

/**
 * A pooled worker's life: sleep until a thread is started in its slot, run it, tell, sleep again.
 * Never returns.
 */
export async function runThreads(
  memory: SharedArrayBuffer,
  slotNumber: number,
  tell: (news: ThreadNews) => void,
): Promise<never> {
  attach(memory, slotNumber)
  tellMain.of = tell
  const record = threadAt(slotNumber)
  words[record + thread.booted] = 1
  compareAndSet(record + thread.slot, slot.booting, slot.idle)
  for (;;) {
    while (load(record + thread.command) === 0) sleep(record + thread.command, 0, Infinity)
    const ident = words[record + thread.ident]!
    const error = await runOne(slotNumber, ident)
    giveBackKept()
    letGo(record)
    if (!compareAndSet(record + thread.killed, 0, 2)) await endFromOutside()
    abandonLocks(ident)
    tell({ kind: 'ended', ident, error })
    store(record + thread.slot, slot.ended)
    wakeJoiners(slotNumber)
  }
}

async function runOne(slotNumber: number, ident: number): Promise<string | undefined> {
  becomeThread(ident)
  enterState('Runnable')
  let error: string | undefined
  try {
    const { target, args } = readCall(slotNumber)
    if (isWatched()) begin(slotNumber)
    if (target !== '') await targetNamed(target)(...args)
  } catch (thrown) {
    if (isKilled(slotNumber)) await endFromOutside()
    error = sentenceOf(thrown)
    await callHook(thrown)
  }
  if (error !== undefined) writeError(slotNumber, error)
  store(threadAt(slotNumber) + thread.command, 0)
  enterState('Terminated')
  return error
}

/** A thread can be held before its first step. */
function begin(slotNumber: number): void {
  beforeAct(slotNumber, 'begin')
  afterAct(slotNumber, 'begin', me)
}

/** Whether main has told the worker to end. What its thread threw then, it threw because of that. */
const isKilled = (slotNumber: number): boolean => load(threadAt(slotNumber) + thread.killed) === 1

/** The worker ends from its event loop: no other thread may begin in it before. */
const endFromOutside = (): Promise<never> => new Promise(() => {})

/** An error of the hook itself is printed: the thread ends all the same. */
async function callHook(thrown: unknown): Promise<void> {
  try {
    await excepthook(thrown, currentThread())
  } catch (error) {
    printError(thrown, currentThread())
    console.error('Exception in excepthook:', error)
  }
}

type ExceptHook = (thrown: unknown, thread: Thread) => unknown

const printError: ExceptHook = (thrown, { name }) => console.error(`Exception in thread ${name}:`, thrown)
let excepthook: ExceptHook = printError

/**
 * Sets what is done with an error that ends a thread; undefined prints it, as at first. It holds for the threads
 * of the worker that calls it, so the module of a target is the place to call it from.
 */
export function setExcepthook(hook: ExceptHook | undefined): void {
  excepthook = hook ?? printError
}

function sentenceOf(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
}

/** The slot was left before: who queues after this sees that the thread has ended. */
function wakeJoiners(slotNumber: number): void {
  const guard = objectAt(slotNumber) + object.guard
  enterGuard(guard)
  grantAll(slotNumber, 0)
  leaveGuard(guard)
}

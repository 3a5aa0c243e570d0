import { compareAndSet, load, store, wake } from '../core/atomic.ts'
import { RuntimeError, ValueError } from '../core/errors.ts'
import {
  control,
  header,
  instrumentationFlags,
  maxThreads,
  slotOf,
  slotState,
  thread,
  threadAt,
} from '../core/layout.ts'
import { me, requireMemory, words } from '../core/memory.ts'
import { isAlive } from '../threads/thread-slots.ts'

/**
 * Holds threads at the points where they touch a primitive: before each operation. `main` calls these. A thread that
 * computes, or waits in an operation, goes on until its next one.
 */

/** Most that the time between two operations can be stretched. */
export const maxSlowness = 1000

/** Holds the thread before its next operation. main itself cannot be held. Throws RuntimeError for what no thread is. */
export function pauseThread(ident: number): void {
  changeControl(ident, (record) => store(record + thread.control, control.paused))
}

/** Lets a paused thread go on. */
export function resumeThread(ident: number): void {
  changeControl(ident, (record) => store(record + thread.control, control.free))
}

/**
 * Lets a paused thread do one operation: the one it stands before, or its next. Returns false when it is not paused, or
 * has not used the step before.
 */
export function stepThread(ident: number): boolean {
  let stepped = false
  changeControl(ident, (record) => {
    stepped = compareAndSet(record + thread.control, control.paused, control.step)
  })
  return stepped
}

/** Makes the time between two operations of the thread `factor` times as long, 1 to 1000. Throws ValueError for others. */
export function slowDownThread(ident: number, factor: number): void {
  checkFactor(factor)
  changeControl(ident, (record) => store(record + thread.slowness, factor))
}

/** What can be asked of a thread from outside, as a message between processes. */
export type ThreadControlCommand =
  | { readonly kind: 'pause' | 'resume' | 'step' }
  | { readonly kind: 'slow'; readonly factor: number }

/** Does to a thread what an order says. Throws as the function for it does. */
export function controlThread(ident: number, order: ThreadControlCommand): void {
  switch (order.kind) {
    case 'pause':
      pauseThread(ident)
      break
    case 'resume':
      resumeThread(ident)
      break
    case 'step':
      stepThread(ident)
      break
    case 'slow':
      slowDownThread(ident, order.factor)
      break
  }
}

/** Lets all threads go on at full speed, those that start from now on too. */
export function resumeAllThreads(): void {
  checkMain()
  for (let slotNumber = 1; slotNumber < maxThreads; slotNumber++) {
    const record = threadAt(slotNumber)
    store(record + thread.slowness, 1)
    store(record + thread.control, control.free)
    wake(record + thread.control)
  }
  setInitialThreadControl({ paused: false, slowness: 1 })
}

/** How threads that start from now on begin: paused before their first step or not, and how slow. */
export function setInitialThreadControl({ paused, slowness }: { paused: boolean; slowness: number }): void {
  checkMain()
  checkFactor(slowness)
  store(header.initialControl, paused ? control.paused : control.free)
  store(header.initialSlowness, slowness)
  updateControlFlag()
}

/** How threads that start from now on begin. */
export function initialThreadControl(): { paused: boolean; slowness: number } {
  requireMemory()
  return {
    paused: load(header.initialControl) !== control.free,
    slowness: Math.max(1, words[header.initialSlowness]!),
  }
}

/** Has threads record what they do to primitives, beside their states and wakes, while it is on. */
export function setOperationRecording(on: boolean): void {
  checkMain()
  if (on) store(header.recordingCount, words[header.recordingCount]! + 1)
  const others = words[header.instrumentation]! & ~instrumentationFlags.operations
  store(header.instrumentation, others | (on ? instrumentationFlags.operations : 0))
}

function changeControl(ident: number, write: (record: number) => void): void {
  checkMain()
  if (ident === 1) throw new RuntimeError('the main thread cannot be held')
  if (!isAlive(ident)) throw new RuntimeError(`thread ${ident} does not run`)
  const record = threadAt(slotOf(ident))
  write(record)
  updateControlFlag()
  wake(record + thread.control)
}

function checkMain(): void {
  requireMemory()
  if (me !== 1) throw new RuntimeError('only main holds threads')
}

function checkFactor(factor: number): void {
  if (!Number.isInteger(factor) || factor < 1 || factor > maxSlowness)
    throw new ValueError(`a thread is made 1 to ${maxSlowness} times slower`)
}

/** Threads look whether they are held only while one is. */
function updateControlFlag(): void {
  let isUsed = words[header.initialControl] !== control.free || words[header.initialSlowness]! > 1
  for (let slotNumber = 1; slotNumber < maxThreads; slotNumber++) {
    const record = threadAt(slotNumber)
    if (load(record + thread.slotState) !== slotState.taken) continue
    isUsed ||= load(record + thread.control) !== control.free || words[record + thread.slowness]! > 1
  }
  const others = words[header.instrumentation]! & ~instrumentationFlags.control
  store(header.instrumentation, others | (isUsed ? instrumentationFlags.control : 0))
}

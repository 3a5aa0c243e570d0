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
import { isAdoptedThread, isAlive } from '../threads/thread-slots.ts'

/**
 * Pauses and slows down threads before their operations on primitives. `main` calls these functions. A thread that
 * computes or waits in an operation continues until its next operation.
 */

/** The maximum factor by which the time between two operations is stretched. */
export const maxSlowness = 1000

/** Pauses a thread before its next operation. Throws RuntimeError for main, and when no such thread runs. */
export function pauseThread(ident: number): void {
  changeControl(ident, (record) => store(record + thread.control, control.paused))
}

/** Resumes a paused thread. */
export function resumeThread(ident: number): void {
  changeControl(ident, (record) => store(record + thread.control, control.free))
}

/**
 * Lets a paused thread do one operation: the one before which it stopped, or its next. Returns false when the thread is
 * not paused, or has not used the previous step yet.
 */
export function stepThread(ident: number): boolean {
  let stepped = false
  changeControl(ident, (record) => {
    stepped = compareAndSet(record + thread.control, control.paused, control.step)
  })
  return stepped
}

/**
 * Stretches the time between two operations of the thread by `factor`. Throws ValueError unless it is from 1 to 1000.
 */
export function slowDownThread(ident: number, factor: number): void {
  checkFactor(factor)
  changeControl(ident, (record) => store(record + thread.slowness, factor))
}

/** How a thread is controlled, as a message between processes. */
export type ThreadControlCommand =
  | { readonly kind: 'pause' | 'resume' | 'step' }
  | { readonly kind: 'slow'; readonly factor: number }

/** Executes a command. Throws what the function for it throws. */
export function controlThread(ident: number, command: ThreadControlCommand): void {
  switch (command.kind) {
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
      slowDownThread(ident, command.factor)
      break
  }
}

/** Resumes all threads at full speed, and those that start from now on. */
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

/** Sets whether threads that start from now on are paused before they begin, and how much they are slowed down. */
export function setInitialThreadControl({ paused, slowness }: { paused: boolean; slowness: number }): void {
  checkMain()
  checkFactor(slowness)
  store(header.initialControl, paused ? control.paused : control.free)
  store(header.initialSlowness, slowness)
  updateControlFlag()
}

/** Returns what `setInitialThreadControl` set. */
export function initialThreadControl(): { paused: boolean; slowness: number } {
  requireMemory()
  return {
    paused: load(header.initialControl) !== control.free,
    slowness: Math.max(1, words[header.initialSlowness]!),
  }
}

/** Switches the recording of operations on or off, for all threads. States and wake-ups are recorded anyway. */
export function setOperationRecording(on: boolean): void {
  checkMain()
  if (on) store(header.recordingCount, words[header.recordingCount]! + 1)
  const others = words[header.instrumentation]! & ~instrumentationFlags.operations
  store(header.instrumentation, others | (on ? instrumentationFlags.operations : 0))
}

function changeControl(ident: number, write: (record: number) => void): void {
  checkMain()
  if (ident === 1) throw new RuntimeError('the main thread cannot be paused')
  if (isAdoptedThread(ident)) throw new RuntimeError('an adopted thread cannot be paused')
  if (!isAlive(ident)) throw new RuntimeError(`thread ${ident} does not run`)
  const record = threadAt(slotOf(ident))
  write(record)
  updateControlFlag()
  wake(record + thread.control)
}

function checkMain(): void {
  requireMemory()
  if (me !== 1) throw new RuntimeError('only main controls threads')
}

function checkFactor(factor: number): void {
  if (!Number.isInteger(factor) || factor < 1 || factor > maxSlowness)
    throw new ValueError(`a thread is made 1 to ${maxSlowness} times slower`)
}

/** Threads check whether they are controlled only while this flag is set. */
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

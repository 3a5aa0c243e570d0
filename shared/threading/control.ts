import { compareAndSet, load, store, wake } from './atomic.ts'
import { RuntimeError, ValueError } from './errors.ts'
import { control, header, maxThreads, slot, slotOf, thread, threadAt, watching } from './layout.ts'
import { me, requireMemory, words } from './memory.ts'
import { isAlive } from './slots.ts'

/**
 * Holds threads at the points where they touch a primitive: before each operation. `main` calls these. A thread that
 * computes, or waits in an operation, goes on until its next one.
 */

/** Most that the time between two operations can be stretched. */
export const mostSlowness = 1000

/** Holds the thread before its next operation. main itself cannot be held. Throws RuntimeError for what no thread is. */
export function pauseThread(ident: number): void {
  change(ident, (record) => store(record + thread.control, control.paused))
}

/** Lets a paused thread go on. */
export function resumeThread(ident: number): void {
  change(ident, (record) => store(record + thread.control, control.free))
}

/**
 * Lets a paused thread do one operation: the one it stands before, or its next. Returns false when it is not paused, or
 * has not used the step before.
 */
export function stepThread(ident: number): boolean {
  let stepped = false
  change(ident, (record) => {
    stepped = compareAndSet(record + thread.control, control.paused, control.step)
  })
  return stepped
}

/** Makes the time between two operations of the thread `factor` times as long, 1 to 1000. Throws ValueError for others. */
export function slowThread(ident: number, factor: number): void {
  checkFactor(factor)
  change(ident, (record) => store(record + thread.slowness, factor))
}

/** What can be asked of a thread from outside, as a message between processes. */
export type ThreadOrder =
  | { readonly kind: 'pause' | 'resume' | 'step' }
  | { readonly kind: 'slow'; readonly factor: number }

/** Does to a thread what an order says. Throws as the function for it does. */
export function controlThread(ident: number, order: ThreadOrder): void {
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
      slowThread(ident, order.factor)
      break
  }
}

/** Lets all threads go on at full speed, those that start from now on too. */
export function releaseThreads(): void {
  checkMain()
  for (let slotNumber = 1; slotNumber < maxThreads; slotNumber++) {
    const record = threadAt(slotNumber)
    store(record + thread.slowness, 1)
    store(record + thread.control, control.free)
    wake(record + thread.control)
  }
  setThreadStart({ paused: false, slowness: 1 })
}

/** How threads that start from now on begin: paused before their first step or not, and how slow. */
export function setThreadStart({ paused, slowness }: { paused: boolean; slowness: number }): void {
  checkMain()
  checkFactor(slowness)
  store(header.startControl, paused ? control.paused : control.free)
  store(header.startSlowness, slowness)
  renewWatch()
}

/** How threads that start from now on begin. */
export function threadStart(): { paused: boolean; slowness: number } {
  requireMemory()
  return {
    paused: load(header.startControl) !== control.free,
    slowness: Math.max(1, words[header.startSlowness]!),
  }
}

/** Has threads record what they do to primitives, beside their states and wakes, while it is on. */
export function watchActs(on: boolean): void {
  checkMain()
  if (on) store(header.watchings, words[header.watchings]! + 1)
  const others = words[header.watched]! & ~watching.acts
  store(header.watched, others | (on ? watching.acts : 0))
}

function change(ident: number, write: (record: number) => void): void {
  checkMain()
  if (ident === 1) throw new RuntimeError('main cannot be held: the window would stop')
  if (!isAlive(ident)) throw new RuntimeError(`thread ${ident} does not run`)
  const record = threadAt(slotOf(ident))
  write(record)
  renewWatch()
  wake(record + thread.control)
}

function checkMain(): void {
  requireMemory()
  if (me !== 1) throw new RuntimeError('only main holds threads')
}

function checkFactor(factor: number): void {
  if (!Number.isInteger(factor) || factor < 1 || factor > mostSlowness)
    throw new ValueError(`a thread is made 1 to ${mostSlowness} times slower`)
}

/** Threads look whether they are held only while one is. */
function renewWatch(): void {
  let isUsed = words[header.startControl] !== control.free || words[header.startSlowness]! > 1
  for (let slotNumber = 1; slotNumber < maxThreads; slotNumber++) {
    const record = threadAt(slotNumber)
    if (load(record + thread.slot) !== slot.taken) continue
    isUsed ||= load(record + thread.control) !== control.free || words[record + thread.slowness]! > 1
  }
  const others = words[header.watched]! & ~watching.control
  store(header.watched, others | (isUsed ? watching.control : 0))
}

import type { ObjectKind, Operation, ThreadView, WaitOperation } from '@skein/threading/inspect'
import { stateGlyphs } from '../model/state-codes.ts'

/** What a thread can wait for, each with a shape of its own; `gate` is control from outside. */
export const waitKinds = [
  'queue',
  'lock',
  'event',
  'condition',
  'semaphore',
  'barrier',
  'join',
  'sleep',
  'gate',
] as const

export type WaitKind = (typeof waitKinds)[number]

export const waitKindTexts: Readonly<Record<WaitKind, string>> = {
  queue: 'a queue',
  lock: 'a lock',
  event: 'an event',
  condition: 'a condition',
  semaphore: 'a semaphore',
  barrier: 'a barrier',
  join: 'a thread’s end',
  sleep: 'time to pass',
  gate: 'you: held before its next operation',
}

/** The kind of a wait in an object of a kind; without an object a thread sleeps. */
export function waitKindOf(kind: ObjectKind | undefined, operation?: WaitOperation): WaitKind {
  switch (kind) {
    case 'Queue':
    case 'LifoQueue':
    case 'PriorityQueue':
      return 'queue'
    case 'Lock':
    case 'RLock':
      return 'lock'
    case 'Event':
      return 'event'
    case 'Condition':
      return operation === 'acquire' ? 'lock' : 'condition'
    case 'Semaphore':
    case 'BoundedSemaphore':
      return 'semaphore'
    case 'Barrier':
      return 'barrier'
    case 'Thread':
      return 'join'
    case 'Cell':
    case undefined:
      return 'sleep'
  }
}

/** A shape for each kind of wait, in a box of 12 by 12, to be filled by the even-odd rule. */
export const waitGlyphs: Readonly<Record<WaitKind, string>> = {
  // Items one above the other.
  queue: 'M1 1.5h10v2.2H1z M1 4.9h10v2.2H1z M1 8.3h10v2.2H1z',
  // A padlock.
  lock: 'M2.6 5V3.9a3.4 3.4 0 0 1 6.8 0V5H10.5v6h-9V5z M4.2 5h3.6V3.9a1.8 1.8 0 0 0-3.6 0z',
  // A flag on its pole.
  event: 'M1.8 .8h1.6v10.4H1.8z M3.4 1.2H11L9.2 3.9L11 6.6H3.4z',
  // A bell.
  condition:
    'M6 .8a3.5 3.5 0 0 1 3.5 3.5V7L11 8.8H1L2.5 7V4.3A3.5 3.5 0 0 1 6 .8z M4.5 9.6h3a1.5 1.5 0 0 1-3 0z',
  // A ticket.
  semaphore: 'M.8 2.6h10.4v2.2a1.2 1.2 0 0 0 0 2.4v2.2H.8V7.2a1.2 1.2 0 0 0 0-2.4z M5.4 3.8v4.4h1.3V3.8z',
  // A fence.
  barrier: 'M1 .8h1.8v10.4H1z M9.2 .8H11v10.4H9.2z M2.8 3.4h6.4v1.6H2.8z M2.8 7h6.4v1.6H2.8z',
  // Two ways that become one.
  join: 'M.8 1h2.1L6 5l3.1-4h2.1L6.9 6.6V11H5.1V6.6z',
  // A moon.
  sleep: 'M4.6 .8A5.4 5.4 0 1 0 11.2 7.6A4.8 4.8 0 0 1 4.6 .8z',
  // The sign for a pause.
  gate: 'M2.2 1h2.8v10H2.2z M7 1h2.8v10H7z',
}

/** The shape for what a thread does now: the kind of its wait, or its state; `kind` is that of what it waits for. */
export function glyphOf({ state, gate, control, waiting }: ThreadView, kind: ObjectKind | undefined): string {
  if (state === 'Terminated') return stateGlyphs[state]
  if (gate || control === 'paused') return waitGlyphs.gate
  const waits = state === 'Blocked' || state === 'Waiting' || state === 'Timed waiting'
  return waits ? waitGlyphs[waitKindOf(kind, waiting?.operation)] : stateGlyphs[state]
}

/** What is marked in a lane: an act, or one that ended without what it wanted. */
export type MarkShape = Operation | 'failed'

/** A shape for each act, in a box of 8 by 8, to be filled by the even-odd rule. What gives points up, what takes down. */
export const markGlyphs: Readonly<Record<MarkShape, string>> = {
  put: 'M4 .5L8 7.5H0z',
  get: 'M0 .5H8L4 7.5z',
  acquire: 'M.5 .5h7v7h-7z',
  release: 'M.5 .5h7v7h-7z M2 2v4h4V2z',
  set: 'M1 0h1.4v8H1z M2.4 .3H8L6.6 2.4L8 4.5H2.4z',
  clear: 'M1 0h1.4v8H1z M2.4 .3H8L6.6 2.4L8 4.5H2.4z M3.4 1.3v2.2h2.7L5.4 2.4l.7-1.1z',
  notify: 'M4 0L5.1 2.9L8 4L5.1 5.1L4 8L2.9 5.1L0 4L2.9 2.9z',
  wait: 'M4 .3a3.7 3.7 0 1 1 0 7.4a3.7 3.7 0 1 1 0-7.4z M4 1.9a2.1 2.1 0 1 0 0 4.2a2.1 2.1 0 1 0 0-4.2z',
  read: 'M4 0L8 4L4 8L0 4z M4 2.1L2.1 4L4 5.9L5.9 4z',
  write: 'M4 0L8 4L4 8L0 4z',
  taskDone: 'M0 4.4L1.2 3.2L3 5L6.8 .9L8 2L3 7.5z',
  begin: 'M0 0h1.6v8H0z M2.6 .5L8 4L2.6 7.5z',
  start: 'M0 3.2h3.2V0h1.6v3.2H8v1.6H4.8V8H3.2V4.8H0z',
  join: 'M0 .5h1.6L4 3.4L6.4 .5H8L4.8 4.6V8H3.2V4.6z',
  failed: 'M1 0L4 3L7 0L8 1L5 4L8 7L7 8L4 5L1 8L0 7L3 4L0 1z',
}

export const markTexts: Readonly<Record<MarkShape, string>> = {
  put: 'put',
  get: 'get',
  acquire: 'acquire',
  release: 'release',
  set: 'set',
  clear: 'clear',
  notify: 'notify',
  wait: 'wait in a condition or barrier',
  read: 'read a cell',
  write: 'write a cell',
  taskDone: 'task done',
  begin: 'thread began',
  start: 'started a thread',
  join: 'joined a thread',
  failed: 'without success: timeout, Empty, Full',
}

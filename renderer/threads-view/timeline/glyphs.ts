import type { ObjectKind, Operation, ThreadView, WaitOperation } from '@skein/threading/inspect'
import { m } from '../../../shared/i18n/messages.js'
import { kindDescriptions } from '../model/object-kinds/object-kinds.ts'
import { gateSign, sleepSign, type WaitSign } from '../model/object-kinds/wait-sign.ts'
import { stateGlyphs } from '../model/state-codes.ts'

/** Returns the sign of a wait for an object of a kind. A thread that waits for no object sleeps. */
export const waitSignOf = (kind: ObjectKind | undefined, operation: WaitOperation | undefined): WaitSign =>
  (kind && kindDescriptions[kind].waits?.sign(operation)) ?? sleepSign

/** Returns the shape for what a thread does now: its wait or its state. `kind` is the kind of what it waits for. */
export function glyphOf({ state, gate, control, waiting }: ThreadView, kind: ObjectKind | undefined): string {
  if (state === 'Terminated') return stateGlyphs[state]
  if (gate || control === 'paused') return gateSign.shape
  const isWaiting = state === 'Blocked' || state === 'Waiting' || state === 'Timed waiting'
  return isWaiting ? waitSignOf(kind, waiting?.operation).shape : stateGlyphs[state]
}

/** What is marked in a lane: an operation, or any operation that failed. */
export type MarkShape = Operation | 'failed'

/** A shape for each operation, in a box of 8 by 8, to be filled by the even-odd rule. A put points up, a get down. */
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
  reset: 'M0 .5L3.6 4L0 7.5z M4.4 .5L8 4L4.4 7.5z',
  taskDone: 'M0 4.4L1.2 3.2L3 5L6.8 .9L8 2L3 7.5z',
  begin: 'M0 0h1.6v8H0z M2.6 .5L8 4L2.6 7.5z',
  start: 'M0 3.2h3.2V0h1.6v3.2H8v1.6H4.8V8H3.2V4.8H0z',
  join: 'M0 .5h1.6L4 3.4L6.4 .5H8L4.8 4.6V8H3.2V4.6z',
  failed: 'M1 0L4 3L7 0L8 1L5 4L8 7L7 8L4 5L1 8L0 7L3 4L0 1z',
}

export const markTexts: Readonly<Record<MarkShape, () => string>> = {
  put: () => m.threads_mark_put(),
  get: () => m.threads_mark_get(),
  acquire: () => m.threads_mark_acquire(),
  release: () => m.threads_mark_release(),
  set: () => m.threads_mark_set(),
  clear: () => m.threads_mark_clear(),
  notify: () => m.threads_mark_notify(),
  wait: () => m.threads_mark_wait(),
  read: () => m.threads_mark_read(),
  write: () => m.threads_mark_write(),
  reset: () => m.threads_mark_reset(),
  taskDone: () => m.threads_mark_task_done(),
  begin: () => m.threads_mark_begin(),
  start: () => m.threads_mark_start(),
  join: () => m.threads_mark_join(),
  failed: () => m.threads_mark_failed(),
}

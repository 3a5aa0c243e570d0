import type { ObjectView, OperationEvent } from '@skein/threading/inspect'
import { m } from '../../../../shared/i18n/messages.js'
import type { KindAcquisition, KindDescription, MutableObjectView } from './kind-description.ts'
import type { WaitSign } from './wait-sign.ts'

export const lockWaitSign: WaitSign = {
  // A padlock.
  shape: 'M2.6 5V3.9a3.4 3.4 0 0 1 6.8 0V5H10.5v6h-9V5z M4.2 5h3.6V3.9a1.8 1.8 0 0 0-3.6 0z',
  text: () => m.threads_wait_for_lock(),
}

/** Locks are acquired and released all the time, so their series says least. */
export const lockSeriesWeight = 0.01

export const lockKind: KindDescription = {
  sortPosition: 9,
  isHiddenWithoutWaiters: false,
  value: { unit: 'holder', of: ({ holder }) => holder ?? 0, after: holderAfter },
  series: {
    of: holdCount,
    isReportedBy: (operation) => operation === 'acquire' || operation === 'release',
    weight: lockSeriesWeight,
  },
  applyOperation,
  waits: {
    sign: () => lockWaitSign,
    endedBy: 'holder',
    endTogether: false,
    areRecordedAtStart: false,
    contentText: () => '',
    text: (object) => m.threads_waits_on({ object }),
    wakerText: () => m.threads_held_by(),
  },
  acquisition: describeAcquisition(() => true),
  texts: { value: holderText, result: holdText },
}

export const rlockKind: KindDescription = {
  ...lockKind,
  sortPosition: 10,
  // Its operations report how deeply it is held.
  series: { of: holdCount, isReportedBy: () => false, weight: lockSeriesWeight },
  acquisition: describeAcquisition(({ value }) => value <= 1),
}

function describeAcquisition(isFirst: (event: OperationEvent) => boolean): KindAcquisition {
  return {
    operation: 'acquire',
    isFirst,
    contentionText: (counts) => m.threads_contention_acquisitions(counts),
  }
}

function holdCount({ holder }: ObjectView): number {
  return Math.min(1, holder ?? 0)
}

function holderAfter({ act, value, thread }: OperationEvent): number | undefined {
  if (act === 'acquire') return thread
  if (act !== 'release') return undefined
  return value === 0 ? 0 : thread
}

function applyOperation(object: MutableObjectView, { act, value, thread }: OperationEvent): void {
  if (act === 'acquire') object.holder = thread
  else if (act === 'release' && value === 0) object.holder = undefined
}

export function holderText(_object: ObjectView, holderName: string | undefined): string {
  return holderName === undefined ? m.threads_lock_free() : m.threads_lock_held_by({ name: holderName })
}

/** Returns `held 2 times`. */
export function holdText({ act, value }: OperationEvent): string {
  if (act !== 'acquire' && act !== 'release') return ''
  if (value === 0) return m.threads_lock_free()
  return value === 1 ? m.threads_lock_held() : m.threads_lock_held_times({ count: value })
}

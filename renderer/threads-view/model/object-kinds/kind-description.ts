import type { ObjectView, Operation, OperationEvent, WaitOperation } from '@skein/threading/inspect'
import type { WaitSign } from './wait-sign.ts'

export type MutableObjectView = { -readonly [Field in keyof ObjectView]: ObjectView[Field] }

/** All that the view knows of one kind of object. Operations that failed are never passed to these functions. */
export interface KindDescription {
  /** Position of the kind in lists of objects. */
  readonly sortPosition: number
  /** Whether its objects are listed only while a thread waits for them. */
  readonly isHiddenWithoutWaiters: boolean
  readonly value: KindValue | undefined
  readonly series: KindSeries | undefined
  /** Changes the object like an operation did. */
  readonly applyOperation: (object: MutableObjectView, event: OperationEvent) => void
  /** Undefined if no thread waits for such an object. */
  readonly waits: KindWaits | undefined
  /** The operation that gets hold of the object; undefined where nothing is got. */
  readonly acquisition: KindAcquisition | undefined
  readonly texts: KindTexts
}

/** The number that describes an object's state in trace files. */
interface KindValue {
  readonly unit: string
  readonly of: (object: ObjectView) => number | undefined
  /** Returns the number after an operation; undefined if the operation does not report it. */
  readonly after: (event: OperationEvent) => number | undefined
}

/** The number that is drawn over time. */
interface KindSeries {
  readonly of: (object: ObjectView) => number | undefined
  /** Whether the value of such an operation is the number. Other changes are seen in samples. */
  readonly isReportedBy: (operation: Operation) => boolean
  /** How much each change counts when the view chooses the series that change most. */
  readonly weight: number
}

/** How threads wait for an object. */
interface KindWaits {
  readonly sign: (operation: WaitOperation | undefined) => WaitSign
  /** Who can end a wait: the thread that holds the object, the thread that is joined, or any that was seen to do so. */
  readonly endedBy: 'holder' | 'joinedThread' | 'anyWaker'
  /** Whether all waiters go on together. */
  readonly endTogether: boolean
  /** Whether an operation is recorded when its wait begins, not when it ends. */
  readonly areRecordedAtStart: boolean
  /** Returns `waits on Queue commands`. */
  readonly text: (label: string, operation: WaitOperation | undefined) => string
  /** Returns `0 items`: what a thread that waits finds. Empty if there is nothing to add. */
  readonly contentText: (object: ObjectView, operation: WaitOperation | undefined) => string
  /** Returns `fed by`: what the waker does to the object. */
  readonly wakerText: (operation: WaitOperation) => string
}

export interface KindAcquisition {
  readonly operation: 'acquire' | 'get' | 'wait'
  /** Whether the thread did not have the object before. */
  readonly isFirst: (event: OperationEvent) => boolean
  /** Returns `12 of 340 gets (3.5 %)`: how many had to wait. */
  readonly contentionText: (counts: ContentionTexts) => string
}

interface ContentionTexts {
  readonly waited: number
  readonly count: number
  /** `3.5 %`. */
  readonly share: string
}

interface KindTexts {
  /** Returns the object's value, such as `3 / 16` or `set`; undefined if the kind shows none. */
  readonly value: (object: ObjectView, holderName: string | undefined) => string | undefined
  /** Returns the object's value after an operation; empty if there is none to show. */
  readonly result: (event: OperationEvent) => string
}

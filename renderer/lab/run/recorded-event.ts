import type { OperationEvent, StateEvent, WakeEvent } from '@skein/threading/inspect'

/** The user performed one of the exercise's actions, at so many milliseconds since 1970. */
export interface UserAction {
  readonly action: string
  readonly at: number
}

export type ThreadEvent = StateEvent | WakeEvent | OperationEvent

export type RecordedEvent = ThreadEvent | UserAction

import {
  type ThreadState,
  threadStates,
  type WaitOperation,
  waitOperationNames,
} from '@skein/threading/inspect'
import { m } from '../../../shared/i18n/messages.js'

/** A state as a small number, for histories. The last is time that was not recorded. */
export const stateCode = {
  New: 0,
  Runnable: 1,
  Blocked: 2,
  Waiting: 3,
  'Timed waiting': 4,
  Terminated: 5,
  unknown: 6,
} as const satisfies Record<ThreadState | 'unknown', number>

export type StateCode = (typeof stateCode)[keyof typeof stateCode]

/** The states by their codes, as the package names them. */
export const stateNames = [...threadStates, 'unknown'] as const

const stateTexts: Readonly<Record<StateCode, () => string>> = {
  [stateCode.New]: m.threads_new,
  [stateCode.Runnable]: m.threads_runnable,
  [stateCode.Blocked]: m.threads_blocked,
  [stateCode.Waiting]: m.threads_waiting,
  [stateCode['Timed waiting']]: m.threads_timed_waiting,
  [stateCode.Terminated]: m.threads_terminated,
  [stateCode.unknown]: m.threads_not_recorded,
}

/** Returns the name of a state to show. */
export const stateText = (code: StateCode): string => stateTexts[code]()

/** 0 for none. */
export const operationCode = (operation: WaitOperation | undefined): number =>
  operation === undefined ? 0 : waitOperationNames.indexOf(operation) + 1

export const operationFromCode = (code: number): WaitOperation | undefined => waitOperationNames[code - 1]

/** A shape for each state, in a box of 12 by 12, to be filled by the even-odd rule. */
export const stateGlyphs: Readonly<Record<ThreadState, string>> = {
  // A ring: nothing in it yet.
  New: 'M6 1.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9z M6 3a3 3 0 1 0 0 6a3 3 0 1 0 0-6z',
  // A triangle pointing forward.
  Runnable: 'M2.5 1L11 6L2.5 11z',
  // An octagon with a bar: no entry.
  Blocked: 'M3.9 1h4.2L11 3.9v4.2L8.1 11H3.9L1 8.1V3.9z M3 5v2h6V5z',
  // An hourglass.
  Waiting: 'M2 1h8v1.6L7.2 6L10 9.4V11H2V9.4L4.8 6L2 2.6z M4 9.6h4L6 7.4z',
  // A clock.
  'Timed waiting':
    'M6 .8a5.2 5.2 0 1 1 0 10.4a5.2 5.2 0 1 1 0-10.4z M6 2.2a3.8 3.8 0 1 0 0 7.6a3.8 3.8 0 1 0 0-7.6z M5.4 3.2h1.2v2.5l1.7 1l-.6 1L5.4 6.4z',
  // A cross.
  Terminated: 'M2.6 1.2L6 4.6L9.4 1.2L10.8 2.6L7.4 6L10.8 9.4L9.4 10.8L6 7.4L2.6 10.8L1.2 9.4L4.6 6L1.2 2.6z',
}

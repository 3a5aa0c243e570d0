import type { RequestName } from './requests/database-requests.ts'

/** An item of the queue `queries`. */
export type Query =
  | {
      readonly kind: 'request'
      /** Unique while the host runs. */
      readonly number: number
      readonly name: RequestName
      readonly args: readonly unknown[]
    }
  /** The last one: the thread closes the database and ends. */
  | { readonly kind: 'close' }

/** An item of the queue `replies`. Requests are executed in their sequence. */
export type Reply =
  | { readonly kind: 'opened'; readonly state: DatabaseState }
  | { readonly kind: 'result'; readonly number: number; readonly value: unknown }
  /** `code` is SQLite's; undefined for other errors. */
  | {
      readonly kind: 'error'
      readonly number: number
      readonly code: string | undefined
      readonly message: string
    }

/** Which database the thread has opened. */
export type DatabaseState =
  | { readonly kind: 'file' }
  /** The file cannot be used: nothing is kept after the end of this process. */
  | { readonly kind: 'memory'; readonly reason: UnusableReason }

/** `newer`: a newer Skein has changed the schema. Else the code of the error. */
export type UnusableReason = string

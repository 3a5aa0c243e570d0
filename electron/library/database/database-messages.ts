import type { DatabaseState, Repair } from './file/database-state.ts'
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
  | { readonly kind: 'opened'; readonly state: DatabaseState; readonly repair: Repair | undefined }
  | { readonly kind: 'result'; readonly number: number; readonly value: unknown }
  /** `code` is SQLite's; undefined for other errors. */
  | {
      readonly kind: 'error'
      readonly number: number
      readonly code: string | undefined
      readonly message: string
    }
  /** A text for the log. */
  | { readonly kind: 'log'; readonly text: string }

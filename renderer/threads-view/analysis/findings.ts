import type { ThreadKey } from '../model/threads-model.ts'

/** Threads that wait for each other over locks, in a circle: each is blocked by a lock that the next one holds. */
export interface DeadlockFinding {
  readonly key: string
  readonly links: readonly { readonly thread: ThreadKey; readonly lock: string }[]
}

/** A thread that nobody can wake any more. */
export interface BlockedForeverFinding {
  readonly key: string
  readonly message: string
}

/** What went well this time. */
export interface NearMiss {
  readonly key: string
  readonly process: string
  readonly kind: 'lockOrder' | 'lostUpdate'
  /** When it was seen last, in ms since 1970. */
  readonly at: number
  readonly message: string
}

export interface Findings {
  readonly deadlocks: readonly DeadlockFinding[]
  readonly blockedForever: readonly BlockedForeverFinding[]
  /** The newest first. */
  readonly nearMisses: readonly NearMiss[]
}

export const noFindings: Findings = { deadlocks: [], blockedForever: [], nearMisses: [] }

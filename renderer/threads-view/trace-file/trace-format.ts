import type { ObjectView, OperationEvent, StateEvent, ThreadView, WakeEvent } from '@skein/threading/inspect'

/** What tells a trace of Skein's from others', in the file's `otherData`. */
export const traceProgram = 'Skein'
export const traceVersion = 1

/** The categories of the events that the recording is read back from; `args` of these are the event. */
export const eventCategories = { state: 'state', wake: 'wake', act: 'act' } as const

/** Categories of what is derived, for those who look at the trace elsewhere. */
export const derivedCategories = { seen: 'seen', hold: 'hold', counter: 'counter' } as const

interface Common {
  readonly name: string
  readonly pid: number
  readonly tid: number
}

interface Timed extends Common {
  readonly cat: string
  /** Microseconds since the recording began. */
  readonly ts: number
}

/** The events of Chrome's trace event format that Skein writes. */
export type TraceJson =
  | (Common & {
      readonly ph: 'M'
      readonly args: { readonly name: string } | { readonly sort_index: number }
    })
  | (Timed & { readonly ph: 'X'; readonly dur: number; readonly args: object })
  | (Timed & { readonly ph: 'i'; readonly s: 't'; readonly args: StateEvent | OperationEvent })
  | (Timed & { readonly ph: 's'; readonly id: number; readonly args: WakeEvent })
  | (Timed & { readonly ph: 'f'; readonly bp: 'e'; readonly id: number })
  | (Timed & { readonly ph: 'C'; readonly id?: string; readonly args: Readonly<Record<string, number>> })

/** One look as the file's `recording` tells it: what had changed since the look before. */
export interface SampleJson {
  readonly process: string
  readonly at: number
  /** Threads and objects that looked different, and the ids of those that were gone. */
  readonly threads: readonly ThreadView[]
  readonly objects: readonly ObjectView[]
  readonly gone: readonly number[]
  readonly goneObjects: readonly number[]
  readonly unmarked: number
  readonly dropped: number
}

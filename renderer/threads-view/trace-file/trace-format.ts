import type { ObjectView, OperationEvent, StateEvent, ThreadView, WakeEvent } from '@skein/threading/inspect'

/** Identifies a trace of Skein, in the file's `otherData`. */
export const traceProgram = 'Skein'
export const traceVersion = 1

/** The categories of the events that the recording is read from. Their `args` are the event. */
export const eventCategories = { state: 'state', wake: 'wake', act: 'act' } as const

/** The categories of derived events, for other viewers of traces. */
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

/** One sample in the file's `recording`: what changed since the sample before. */
export interface SampleJson {
  readonly process: string
  readonly at: number
  /** The threads and objects that changed, and the ids of those that are gone. */
  readonly threads: readonly ThreadView[]
  readonly objects: readonly ObjectView[]
  readonly gone: readonly number[]
  readonly goneObjects: readonly number[]
  readonly unmarked: number
  readonly dropped: number
}

import {
  noFields,
  type ObjectView,
  type ProcessView,
  type ThreadState,
  type ThreadView,
  type TraceEvent,
} from '../../../shared/threading/view.ts'

/** A thread as memory would show it, Runnable since 0 unless told otherwise. */
export const thread = (id: number, name: string, rest: Partial<ThreadView> = {}): ThreadView => ({
  id,
  name,
  daemon: true,
  state: 'Runnable',
  since: 0,
  waiting: undefined,
  awaiting: [],
  until: undefined,
  wokenBy: undefined,
  control: 'free',
  slowness: 1,
  gate: undefined,
  error: undefined,
  ...rest,
})

export const object = (id: number, kind: ObjectView['kind'], rest: Partial<ObjectView> = {}): ObjectView => ({
  id,
  kind,
  name: '',
  waiters: [],
  ...noFields,
  ...rest,
})

export const process = (at: number, rest: Partial<ProcessView> = {}): ProcessView => ({
  process: 'player',
  at,
  threads: [],
  objects: [],
  events: [],
  wakes: [],
  acts: [],
  unmarked: 0,
  dropped: 0,
  ...rest,
})

export const event = (
  sequence: number,
  at: number,
  state: ThreadState,
  rest: Partial<TraceEvent> = {},
): TraceEvent => ({
  thread: 1,
  sequence,
  afterGap: false,
  at,
  state,
  object: 0,
  operation: undefined,
  by: 0,
  ...rest,
})

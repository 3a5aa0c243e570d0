import { setOperationRecording } from '@skein/threading/inspect'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  isOperationEvent,
  isStateEvent,
  isWakeEvent,
} from '../../../../renderer/threads-view/model/event-store.ts'
import { ProcessRecording } from '../../../../renderer/threads-view/model/process-recording.ts'
import { inProcess } from '../../../threading/test-process.ts'
import { checkFtrace } from '../fixtures/ftrace-checker.ts'
import { recordedEvents, recordThreads, traceTextOf } from '../fixtures/recorded-threads.ts'
import { findTraceProblems } from '../fixtures/trace-checker.ts'
import { object, process, thread } from '../fixtures/view-builders.ts'

inProcess()

interface Json {
  readonly ph: string
  readonly name: string
  readonly cat?: string
  readonly ts: number
  readonly dur?: number
  readonly pid: number
  readonly tid: number
  readonly args: Record<string, unknown>
}

describe('the trace of real threads', () => {
  let recording: ProcessRecording
  let trace: { traceEvents: Json[]; systemTraceEvents: string }

  beforeAll(() => setOperationRecording(true))
  beforeEach(async () => {
    if (recording !== undefined) return
    recording = await recordThreads()
    trace = JSON.parse(traceTextOf([recording]))
  })

  test('follows the rules of the format', () => {
    expect(findTraceProblems(trace)).toEqual([])
  })

  test('contains every event once', () => {
    const countOf = (category: string, ...phases: string[]) =>
      trace.traceEvents.filter(({ cat, ph }) => cat === category && phases.includes(ph)).length
    const recorded = recordedEvents(recording)
    expect(recorded.length).toBeGreaterThan(1000)
    expect(countOf('state', 'X', 'i')).toBe(recorded.filter(isStateEvent).length)
    expect(countOf('wake', 's')).toBe(recorded.filter(isWakeEvent).length)
    expect(countOf('act', 'i')).toBe(recorded.filter(isOperationEvent).length)
  })

  test('names threads, waits and held locks like the panel', () => {
    const names = new Set(trace.traceEvents.map(({ name }) => name))
    for (const name of [
      'wait Queue there',
      'wait Lock door',
      'put Queue there',
      'held by holder',
      'Terminated',
    ])
      expect(names).toContain(name)
    const threads = trace.traceEvents
      .filter(({ name }) => name === 'thread_name')
      .map(({ args }) => args.name)
    expect(threads).toEqual(expect.arrayContaining(['main', 'echo', 'holder', 'second in line', 'Lock door']))
  })

  test('has counters for queues, semaphores and events', () => {
    const last = (counter: string) =>
      trace.traceEvents.findLast(({ ph, name }) => ph === 'C' && name === counter)?.args
    expect(last('Queue there')).toEqual({ items: 0 })
    expect(last('Semaphore permits')).toEqual({ permits: 2 })
    expect(last('Event go')).toEqual({ flag: 1 })
  })

  test("has the threads' states in the kernel's terms", () => {
    const { problems, switches, wakings } = checkFtrace(trace.systemTraceEvents)
    expect(problems).toEqual([])
    const tid = (name: string) =>
      trace.traceEvents.find((event) => event.name === 'thread_name' && event.args.name === name)?.tid
    const leavings = (name: string) =>
      switches.filter(({ prev }) => prev === tid(name)).map(({ state }) => state)
    expect(leavings('second in line')).toContain('D')
    expect(leavings('echo').filter((state) => state === 'S').length).toBeGreaterThan(50)
    expect(leavings('echo').at(-1)).toBe('X')
    expect(wakings.length).toBe(recordedEvents(recording).filter(isWakeEvent).length)
  })
})

test('a thread whose wait began before the recording waits all the time', () => {
  const recording = new ProcessRecording('player')
  const waiting = { object: 70, operation: 'get' } as const
  const threads = [thread(2, 'input', { state: 'Waiting', since: 1000, waiting })]
  recording.accept(process(5000, { threads, objects: [object(70, 'Queue', { name: 'inputs', depth: 0 })] }))
  recording.accept(process(9000, { threads: [], objects: [] }))
  const trace = JSON.parse(traceTextOf([recording]))
  expect(findTraceProblems(trace)).toEqual([])
  const slice = trace.traceEvents.find(({ name }: Json) => name === 'wait Queue inputs')
  expect(slice).toMatchObject({ ph: 'X', ts: 0, dur: 4_000_000 })
})

test('two processes are separate, and without samples the trace is empty', () => {
  const [player, host] = [new ProcessRecording('player'), new ProcessRecording('host')]
  const empty = JSON.parse(traceTextOf([player, host]))
  expect(findTraceProblems(empty)).toEqual([])
  player.accept(process(1000, { threads: [thread(1, 'main', { since: 1000 })] }))
  host.accept(process(1500, { process: 'host', threads: [thread(1, 'main', { since: 1400 })] }))
  const trace = JSON.parse(traceTextOf([player, host]))
  expect(findTraceProblems(trace)).toEqual([])
  const mains = trace.traceEvents.filter(
    ({ name, args }: Json) => name === 'thread_name' && args.name === 'main',
  )
  expect(new Set(mains.map(({ pid }: Json) => pid)).size).toBe(2)
  expect(new Set(mains.map(({ tid }: Json) => tid)).size).toBe(2)
})
